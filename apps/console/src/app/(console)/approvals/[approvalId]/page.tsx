import { ApprovalPage } from "#features/approvals/approval-page.tsx";

interface Props {
  readonly params: Promise<{ approvalId: string }>;
}

export async function generateMetadata({ params }: Props) {
  return { title: (await params).approvalId };
}

export default async function Page({ params }: Props) {
  return <ApprovalPage approvalId={(await params).approvalId} />;
}
