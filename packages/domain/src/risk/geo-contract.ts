/** Where a device says that it is, as players' apps and game servers send it. */
import { z } from "zod";

export const positionField = z
  .strictObject({
    latitude: z.number().min(-90).max(90).meta({ description: "Degrees, WGS 84; north is positive." }),
    longitude: z.number().min(-180).max(180).meta({ description: "Degrees, WGS 84; east is positive." }),
    accuracyMetres: z.number().min(0).max(10_000_000).optional().meta({
      description: "The radius within which the device is. A position that is less exact than 50 km tells nothing.",
    }),
  })
  .meta({ description: "Where the device's own positioning says that it is." });
export type Position = z.infer<typeof positionField>;
