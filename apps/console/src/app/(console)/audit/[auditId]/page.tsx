import { redirect } from "next/navigation";

/** An entry is looked at beside its list. */
export default async function Page({ params }: { params: Promise<{ auditId: string }> }) {
  redirect(`/audit?peek=${encodeURIComponent((await params).auditId)}`);
}
