import { Gate } from "#features/frame/gate.tsx";
import { CasePage } from "#features/kyc/case-page.tsx";

interface Props {
  readonly params: Promise<{ caseId: string }>;
}

export async function generateMetadata({ params }: Props) {
  return { title: (await params).caseId };
}

export default async function Page({ params }: Props) {
  const { caseId } = await params;
  return (
    <Gate permission="kyc.read" page="kyc">
      <CasePage caseId={caseId} />
    </Gate>
  );
}
