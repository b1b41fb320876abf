"use client";

import { RotateCw, ZoomIn, ZoomOut } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { OutputOf } from "#lib/api.ts";
import { Button } from "#ui/button.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { KeyValues } from "#ui/key-values.tsx";

const zoomSteps = [1, 1.5, 2, 3, 4] as const;

/** A document beside the data that it is to prove. It is kept in this page's memory alone. */
export function DocumentViewer({ document, onClose }: { document: OutputOf<"kyc.document">; onClose: () => void }) {
  const t = useTranslations("kyc.viewer");
  const names = useTranslations("words.personalField");
  // The page's policy lets pictures come from itself or from data, and from nowhere else.
  const url = `data:${document.contentType};base64,${document.content}`;
  const [zoom, setZoom] = useState(0);
  const [turned, setTurned] = useState(0);
  const image = document.contentType !== "application/pdf";
  const scale = zoomSteps[zoom] ?? 1;
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-1">
        {image && (
          <>
            <IconButton label={t("zoomOut")} disabled={zoom === 0} onClick={() => setZoom(zoom - 1)}>
              <ZoomOut />
            </IconButton>
            <IconButton label={t("zoomIn")} disabled={zoom === zoomSteps.length - 1} onClick={() => setZoom(zoom + 1)}>
              <ZoomIn />
            </IconButton>
            <IconButton label={t("rotate")} onClick={() => setTurned((turned + 90) % 360)}>
              <RotateCw />
            </IconButton>
            <span role="status" className="tabular px-1 text-xs text-ink-muted">
              {t("state", { percent: scale * 100, degrees: turned })}
            </span>
          </>
        )}
        <Button className="ms-auto" onClick={onClose}>
          {t("close")}
        </Button>
      </div>
      <div className="grid min-w-0 grid-cols-1 gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        {image ? (
          <div
            className="h-112 overflow-auto rounded-lg border border-line bg-sunken"
            tabIndex={0}
            role="group"
            aria-label={t("title")}
          >
            <img
              src={url}
              alt={t("title")}
              className="max-w-none"
              style={{ width: `${scale * 100}%`, rotate: `${turned}deg` }}
            />
          </div>
        ) : (
          <p className="rounded-lg border border-line bg-sunken p-4">
            <a href={url} download="document.pdf" className="text-accent">
              {t("download")}
            </a>
          </p>
        )}
        <KeyValues items={document.fields.map(({ field, value }) => ({ label: names(field), value }))} />
      </div>
    </div>
  );
}
