import { Gate } from "#features/frame/gate.tsx";
import { ExperimentPage } from "#features/lobby/experiment-page.tsx";

interface Props {
  readonly params: Promise<{ code: string }>;
}

export async function generateMetadata({ params }: Props) {
  return { title: (await params).code };
}

export default async function Page({ params }: Props) {
  return (
    <Gate permission="report.read" page="lobby">
      <ExperimentPage code={(await params).code} />
    </Gate>
  );
}
