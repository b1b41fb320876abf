import { Gate } from "#features/frame/gate.tsx";
import { MemberPage } from "#features/staff/member-page.tsx";

interface Props {
  readonly params: Promise<{ staffId: string }>;
}

export async function generateMetadata({ params }: Props) {
  return { title: (await params).staffId };
}

export default async function Page({ params }: Props) {
  return (
    <Gate permission="staff.read" page="staff">
      <MemberPage staffId={(await params).staffId} />
    </Gate>
  );
}
