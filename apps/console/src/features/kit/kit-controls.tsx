"use client";

import { Ellipsis, Lock, Plus, ShieldCheck, Trash2 } from "lucide-react";
import { type ReactNode } from "react";
import { Badge, type Tone } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { IdChip } from "#ui/id-chip.tsx";
import { Kbd } from "#ui/kbd.tsx";
import { Menu, MenuItem, MenuLine } from "#ui/menu.tsx";
import { Money } from "#ui/money.tsx";
import { Section } from "#ui/section.tsx";
import { Status } from "#ui/status.tsx";
import { Time } from "#ui/time.tsx";

const tones: readonly Tone[] = ["neutral", "accent", "good", "warn", "bad"];

export function Row({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap items-center gap-3 py-1.5">{children}</div>;
}

export function KitControls() {
  return (
    <div className="grid gap-x-10 lg:grid-cols-2">
      <Section title="Buttons">
        <Row>
          <Button look="solid">Approve</Button>
          <Button>Reject</Button>
          <Button look="quiet">Cancel</Button>
          <Button look="danger">Void</Button>
          <Button look="link">Explain</Button>
        </Row>
        <Row>
          <Button look="solid" busy>
            Approve
          </Button>
          <Button busy>Reject</Button>
          <Button disabled>Disabled</Button>
          <Button look="solid" disabled>
            Disabled
          </Button>
        </Row>
        <Row>
          <Button size="sm">
            <Plus />
            Small
          </Button>
          <Button size="lg" look="solid">
            Large
          </Button>
          <IconButton label="More" look="plain">
            <Ellipsis />
          </IconButton>
          <Menu trigger={<Button>Menu</Button>}>
            <MenuItem icon={<ShieldCheck />} shortcut="a">
              Approve
            </MenuItem>
            <MenuItem icon={<Lock />} disabled hint="Your roles don't include this.">
              Lock player
            </MenuItem>
            <MenuLine />
            <MenuItem icon={<Trash2 />} danger>
              Void bet
            </MenuItem>
          </Menu>
          <Kbd keys="mod+k" />
          <Kbd keys="g p" />
        </Row>
      </Section>
      <Section title="States">
        <Row>
          {tones.map((tone) => (
            <Badge key={tone} tone={tone}>
              {tone}
            </Badge>
          ))}
        </Row>
        <Row>
          {tones.map((tone, index) => (
            <Status key={tone} tone={tone} open={index % 2 === 1}>
              {tone}
            </Status>
          ))}
        </Row>
        <Row>
          <Money amount="1240.00" currency="EUR" />
          <Money amount="-36.50" currency="EUR" signed />
          <Money amount="360.00" currency="EUR" signed />
          <Money amount="125000" currency="JPY" />
          <Money amount="0.00125000" currency="BTC" />
        </Row>
        <Row>
          <Time at="2026-11-23T14:03:22Z" />
          <Time at="2026-11-23T14:03:22Z" precision="minute" />
          <Time at="2026-11-22T14:03:22Z" relative />
          <IdChip id="bet_8cdk3f" href="/bets/bet_8cdk3f" />
        </Row>
      </Section>
    </div>
  );
}
