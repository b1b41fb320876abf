import { ProviderPage } from "#features/providers/provider-page.tsx";

interface Props {
  readonly params: Promise<{ provider: string }>;
}

export async function generateMetadata({ params }: Props) {
  return { title: (await params).provider };
}

export default async function Page({ params }: Props) {
  return <ProviderPage provider={decodeURIComponent((await params).provider)} />;
}
