import path from "node:path";
import type { NextConfig } from "next";

// Nothing is reported to anyone, and nothing is written outside the checkout.
process.env["NEXT_TELEMETRY_DISABLED"] = "1";

// Pages named *.dev.tsx (the component kit) are no part of a production build.
const pageExtensions = process.env.NODE_ENV === "production" ? ["tsx", "ts"] : ["dev.tsx", "tsx", "ts"];

const nextConfig: NextConfig = {
  pageExtensions,
  agentRules: false,
  poweredByHeader: false,
  reactStrictMode: true,
  // `npm run typecheck` checks the types; a build would do it a second time.
  typescript: { ignoreBuildErrors: true },
  transpilePackages: ["@pitboss/domain"],
  turbopack: { root: path.join(import.meta.dirname, "../..") },
  images: { unoptimized: true },
  // A page holds no data: what it shows it asks for itself. So a page that was seen is shown again at once.
  experimental: { staleTimes: { dynamic: 300 } },
  devIndicators: false,
};

export default nextConfig;
