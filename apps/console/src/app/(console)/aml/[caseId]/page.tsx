import { AmlCasePage } from "#features/aml/case-page.tsx";
import { Gate } from "#features/frame/gate.tsx";

interface Props {
  readonly params: Promise<{ caseId: string }>;
}

export async function generateMetadata({ params }: Props) {
  return { title: (await params).caseId };
}

export default async function Page({ params }: Props) {
  const { caseId } = await params;
  return (
    <Gate permission="aml.read" page="aml">
      <AmlCasePage caseId={caseId} />
    </Gate>
  );
}
