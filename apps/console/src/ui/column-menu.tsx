"use client";

import { Columns3 } from "lucide-react";
import { useTranslations } from "use-intl";
import type { Column } from "#ui/data-table-types.ts";
import { IconButton } from "#ui/icon-button.tsx";
import { Menu, MenuCheck, MenuGroup, MenuItem, MenuLine } from "#ui/menu.tsx";

interface ColumnMenuProps {
  readonly columns: readonly Pick<Column<never>, "id" | "header" | "fixed" | "optional">[];
  /** Undefined is the list's own choice. */
  readonly visible: readonly string[] | undefined;
  readonly onChange: (visible: readonly string[] | undefined) => void;
}

export function ColumnMenu({ columns, visible, onChange }: ColumnMenuProps) {
  const t = useTranslations("kit.columns");
  const shown = visible ?? columns.filter((column) => column.optional !== true).map(({ id }) => id);
  return (
    <Menu
      align="end"
      trigger={
        <IconButton label={t("label")} size="sm">
          <Columns3 />
        </IconButton>
      }
    >
      <MenuGroup label={t("label")}>
        {columns.map((column, index) => (
          <MenuCheck
            key={column.id}
            checked={index === 0 || shown.includes(column.id)}
            disabled={index === 0 || column.fixed === true}
            onChange={(checked) =>
              onChange(columns.map(({ id }) => id).filter((id) => (id === column.id ? checked : shown.includes(id))))
            }
          >
            {column.header}
          </MenuCheck>
        ))}
      </MenuGroup>
      <MenuLine />
      <MenuItem disabled={visible === undefined} onSelect={() => onChange(undefined)}>
        {t("reset")}
      </MenuItem>
    </Menu>
  );
}
