/** A name under which the house meets players: a site of its own, and figures of its own in reports. */
import { z } from "zod";

/** The one that every house begins with. */
export const mainBrand = "main";

export const brandCode = z.string().regex(/^[a-z][a-z0-9_]{1,39}$/);
