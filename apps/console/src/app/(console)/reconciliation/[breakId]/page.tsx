import { Gate } from "#features/frame/gate.tsx";
import { ReconBreakPage } from "#features/reconciliation/recon-break-page.tsx";

interface Props {
  readonly params: Promise<{ breakId: string }>;
}

export async function generateMetadata({ params }: Props) {
  return { title: (await params).breakId };
}

export default async function Page({ params }: Props) {
  return (
    <Gate permission="break.read" page="reconciliation">
      <ReconBreakPage breakId={(await params).breakId} />
    </Gate>
  );
}
