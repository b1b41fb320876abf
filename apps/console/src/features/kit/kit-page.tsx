"use client";

import { KeyRound } from "lucide-react";
import { useState } from "react";
import { sampleBets } from "#features/kit/samples.ts";
import { StepUpDialog } from "#features/step-up/step-up-dialog.tsx";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { KeyValues } from "#ui/key-values.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { KitControls } from "#features/kit/kit-controls.tsx";
import { KitFeedback } from "#features/kit/kit-feedback.tsx";
import { KitFigures } from "#features/kit/kit-figures.tsx";
import { KitForms } from "#features/kit/kit-forms.tsx";

export function KitPage() {
  const [dialog, setDialog] = useState<"confirm" | "step-up">();
  return (
    <>
      <PageHeader
        title="Component kit"
        summary="Every part of the console in every state."
        badge={<Badge tone="warn">Development only</Badge>}
        actions={
          <>
            <Button onClick={() => setDialog("step-up")}>
              <KeyRound />
              Step up
            </Button>
            <Button look="danger" onClick={() => setDialog("confirm")}>
              Void bet
            </Button>
          </>
        }
      />
      <div className="flex-1 overflow-y-auto px-(--page-x) pb-10">
        <KitFigures />
        <KitControls />
        <KitForms />
        <KitFeedback />
      </div>
      <ConfirmDialog
        open={dialog === "confirm"}
        onOpenChange={() => setDialog(undefined)}
        title="Void this bet?"
        action="Void bet"
        danger
        busy={false}
        onConfirm={() => setDialog(undefined)}
        preview={
          <KeyValues
            items={[
              { label: "Bet", value: sampleBets[0]?.id },
              { label: "Status", value: "Held → voided" },
              { label: "Balance", value: <span>1,240.00 → 1,250.00 EUR</span> },
            ]}
          />
        }
      />
      <StepUpDialog
        open={dialog === "step-up"}
        onOpenChange={() => setDialog(undefined)}
        methods={["totp", "passkey", "recovery"]}
        busy={false}
        onCode={() => setDialog(undefined)}
        onPasskey={() => setDialog(undefined)}
      />
    </>
  );
}
