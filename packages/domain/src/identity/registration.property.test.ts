import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ageOn, checkMayRegister, earliestDateAt } from "./registration.ts";

const day = fc
  .date({ min: new Date("1930-01-01T00:00:00Z"), max: new Date("2060-12-31T00:00:00Z"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const rule = { country: "MT", open: true, minAge: 18 };

describe("an age in whole years", () => {
  test("goes up by one a year, on the birthday and on no other day", () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 100 }), (born, years) => {
        const birthday = `${Number(born.slice(0, 4)) + years}${born.slice(4)}`;
        const before = new Date(Date.parse(`${birthday}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
        fc.pre(!Number.isNaN(Date.parse(birthday)) && !born.endsWith("02-29"));
        expect(ageOn(born, birthday)).toBe(years);
        expect(ageOn(born, before)).toBe(years - 1);
      }),
    );
  });

  test("of a leap day's child goes up on 1 March where the year has no 29 February", () => {
    expect(ageOn("2004-02-29", "2022-02-28")).toBe(17);
    expect(ageOn("2004-02-29", "2022-03-01")).toBe(18);
    expect(ageOn("2004-02-29", "2024-02-29")).toBe(20);
  });
});

describe("who may open an account", () => {
  test("is of age by the calendar of every place on earth", () => {
    fc.assert(
      fc.property(
        day,
        fc.integer({ min: 0, max: 4_000_000_000_000 }),
        fc.integer({ min: -12, max: 14 }),
        (born, now, zone) => {
          const allowed = checkMayRegister({ birthDate: born, country: "MT" }, rule, now);
          const there = new Date(now + zone * 3_600_000).toISOString().slice(0, 10);
          if (allowed.ok) expect(ageOn(born, there)).toBeGreaterThanOrEqual(18);
        },
      ),
    );
  });

  test("is not let in a minute before the birthday has begun everywhere, and is let in then", () => {
    const noon = Date.parse("2026-05-04T12:00:00Z");
    expect(earliestDateAt(noon)).toBe("2026-05-04");
    const asked = { birthDate: "2008-05-04", country: "MT" };
    expect(checkMayRegister(asked, rule, noon - 60_000)).toMatchObject({ ok: false, error: { code: "AGE_TOO_LOW" } });
    expect(checkMayRegister(asked, rule, noon)).toEqual({ ok: true, value: true });
  });

  test("comes from a country with a rule that is open", () => {
    const now = Date.parse("2026-05-04T12:00:00Z");
    const asked = { birthDate: "1990-01-01", country: "XX" };
    for (const closed of [undefined, { ...rule, open: false }]) {
      expect(checkMayRegister(asked, closed, now)).toMatchObject({ ok: false, error: { code: "COUNTRY_CLOSED" } });
    }
  });

  test("was born, and not in another age", () => {
    const now = Date.parse("2026-05-04T12:00:00Z");
    for (const birthDate of ["2026-05-05", "1890-01-01"]) {
      const asked = checkMayRegister({ birthDate, country: "MT" }, rule, now);
      expect(asked).toMatchObject({ ok: false, error: { code: "REQUEST_INVALID" } });
    }
  });
});
