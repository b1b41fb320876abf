import { Gate } from "#features/frame/gate.tsx";
import { DayPage } from "#features/reports/day-page.tsx";

interface Props {
  readonly params: Promise<{ day: string }>;
}

export async function generateMetadata({ params }: Props) {
  return { title: (await params).day };
}

export default async function Page({ params }: Props) {
  return (
    <Gate permission="report.read" page="days">
      <DayPage day={(await params).day} />
    </Gate>
  );
}
