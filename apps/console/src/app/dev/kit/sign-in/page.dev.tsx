import { KitSignIn } from "#features/kit/kit-sign-in.tsx";

export default async function Page({ searchParams }: { searchParams: Promise<Record<string, string>> }) {
  return <KitSignIn step={(await searchParams)["step"] ?? "password"} />;
}
