import { NotFound } from "#features/frame/not-found.tsx";
import { titled } from "#lib/page-title.ts";

export const generateMetadata = () => titled((messages) => messages.frame.notFound.title);

export default NotFound;
