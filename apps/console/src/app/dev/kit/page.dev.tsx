import { KitFrame } from "#features/kit/kit-frame.tsx";
import { KitPage } from "#features/kit/kit-page.tsx";

export default function Page() {
  return (
    <KitFrame>
      <KitPage />
    </KitFrame>
  );
}
