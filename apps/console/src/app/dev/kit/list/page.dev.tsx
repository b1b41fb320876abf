import { KitFrame } from "#features/kit/kit-frame.tsx";
import { KitList } from "#features/kit/kit-list.tsx";

export default async function Page({ searchParams }: { searchParams: Promise<Record<string, string>> }) {
  return (
    <KitFrame>
      <KitList state={(await searchParams)["state"] ?? "ready"} />
    </KitFrame>
  );
}
