import { Gate } from "#features/frame/gate.tsx";
import { HitPage } from "#features/screening/hit-page.tsx";

interface Props {
  readonly params: Promise<{ hitId: string }>;
}

export async function generateMetadata({ params }: Props) {
  return { title: (await params).hitId };
}

export default async function Page({ params }: Props) {
  const { hitId } = await params;
  return (
    <Gate permission="screening.read" page="screening">
      <HitPage hitId={hitId} />
    </Gate>
  );
}
