import { ConflictPage } from "#features/geo/conflict-page.tsx";
import { Gate } from "#features/frame/gate.tsx";

interface Props {
  readonly params: Promise<{ decisionId: string }>;
}

export async function generateMetadata({ params }: Props) {
  return { title: (await params).decisionId };
}

export default async function Page({ params }: Props) {
  const { decisionId } = await params;
  return (
    <Gate permission="geo.read" page="geo">
      <ConflictPage decisionId={decisionId} />
    </Gate>
  );
}
