/**
 * One pure function for everything that the door takes: first what was answered before, then the rules. The same
 * request id gets its first answer; the same id with another meaning is refused.
 */
import type { Book, Decision, Refused, RequestState } from "../wallet/book.ts";
import { decideMoneyMove, type MoneyMove, type MovedAnswer } from "../wallet/move-money.ts";
import type { BetCommand } from "./commands.ts";
import { decideWin, type WinAnswer } from "./credit-win.ts";
import { decidePlace, type PlaceAnswer } from "./place-bet.ts";
import { decideHousePost, type HousePost, type PostedAnswer } from "../wallet/post-between.ts";
import { refuse } from "./refuse.ts";
import { decideSettle, type SettleAnswer } from "./settle-round.ts";
import { decideUndo, type UndoneAnswer } from "./undo-action.ts";
import { type CorrectAnswer, decideCorrect, decideRollback, decideVoid, type UndoAnswer } from "./undo-bet.ts";

export interface MoveCommand {
  readonly type: "move";
  readonly playerId: bigint;
  readonly requestKey: string;
  readonly bodyHash: bigint;
  readonly move: MoneyMove;
}

/** The house's own money; there is no player whom anybody would have to wait for. */
export interface PostCommand {
  readonly type: "post";
  readonly playerId: 0n;
  readonly requestKey: string;
  readonly bodyHash: bigint;
  readonly post: HousePost;
}

export type Command = BetCommand | MoveCommand | PostCommand;

export type Answers = {
  place: PlaceAnswer;
  settle: SettleAnswer;
  void: UndoAnswer;
  rollback: UndoAnswer;
  correct: CorrectAnswer;
  win: WinAnswer;
  undo: UndoneAnswer;
  move: MovedAnswer;
  post: PostedAnswer;
};

/** The request was answered before: its first answer is to be sent again, and nothing is to be written. */
export interface Repeated {
  readonly repeated: true;
  readonly request: RequestState;
}

export function decide(book: Book, command: Command): Decision | Repeated {
  const earlier = book.requests.get(command.requestKey);
  if (earlier !== undefined) return meetEarlier(earlier, command);
  switch (command.type) {
    case "place":
      return decidePlace(book, command);
    case "settle":
      return decideSettle(book, command);
    case "void":
      return decideVoid(book, command);
    case "rollback":
      return decideRollback(book, command);
    case "correct":
      return decideCorrect(book, command);
    case "win":
      return decideWin(book, command);
    case "undo":
      return decideUndo(book, command);
    case "move":
      return decideMoneyMove(book, command.move);
    case "post":
      return decideHousePost(book, command.post);
  }
}

function meetEarlier(earlier: RequestState, command: Command): Repeated | Refused {
  if (earlier.kind === "TOMBSTONE") return refuse("no-tombstone", "BET_ROLLED_BACK");
  if (earlier.bodyHash !== command.bodyHash) return refuse("request-same", "REQUEST_REUSED");
  return { repeated: true, request: earlier };
}
