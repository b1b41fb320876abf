import { Gate } from "#features/frame/gate.tsx";
import { RoundBreakPage } from "#features/round-recon/round-break-page.tsx";

interface Props {
  readonly params: Promise<{ breakId: string }>;
}

export async function generateMetadata({ params }: Props) {
  return { title: (await params).breakId };
}

export default async function Page({ params }: Props) {
  return (
    <Gate permission="break.read" page="roundRecon">
      <RoundBreakPage breakId={(await params).breakId} />
    </Gate>
  );
}
