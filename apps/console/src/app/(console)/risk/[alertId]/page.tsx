import { Gate } from "#features/frame/gate.tsx";
import { RiskAlertPage } from "#features/risk/alert-page.tsx";

interface Props {
  readonly params: Promise<{ alertId: string }>;
}

export async function generateMetadata({ params }: Props) {
  return { title: (await params).alertId };
}

export default async function Page({ params }: Props) {
  const { alertId } = await params;
  return (
    <Gate permission="risk.read" page="risk">
      <RiskAlertPage alertId={alertId} />
    </Gate>
  );
}
