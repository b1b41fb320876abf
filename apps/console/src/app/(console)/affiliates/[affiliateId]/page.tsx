import { AffiliatePage } from "#features/affiliates/affiliate-page.tsx";
import { Gate } from "#features/frame/gate.tsx";

interface Props {
  readonly params: Promise<{ affiliateId: string }>;
}

export async function generateMetadata({ params }: Props) {
  return { title: (await params).affiliateId };
}

export default async function Page({ params }: Props) {
  return (
    <Gate permission="affiliate.read" page="affiliates">
      <AffiliatePage affiliateId={(await params).affiliateId} />
    </Gate>
  );
}
