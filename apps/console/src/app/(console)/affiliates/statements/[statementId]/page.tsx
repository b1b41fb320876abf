import { StatementPage } from "#features/affiliates/statement-page.tsx";
import { Gate } from "#features/frame/gate.tsx";

interface Props {
  readonly params: Promise<{ statementId: string }>;
}

export async function generateMetadata({ params }: Props) {
  return { title: (await params).statementId };
}

export default async function Page({ params }: Props) {
  return (
    <Gate permission="affiliate.read" page="affiliates">
      <StatementPage statementId={(await params).statementId} />
    </Gate>
  );
}
