/** The catalog's part of the staff API: games, the brands that offer them, and experiments with the lobby. */
import { changeGame, listFacets, listGames, showGame } from "../../catalog/staff/games.ts";
import { importGames, planImport } from "../../catalog/staff/import-games.ts";
import {
  listLobbyExperiments,
  startLobbyExperiment,
  stopLobbyExperiment,
} from "../../catalog/staff/lobby-experiments.ts";
import { showLobbyExperiment } from "../../catalog/staff/show-lobby-experiment.ts";
import { cancelMaintenance, listMaintenance, planMaintenance } from "../../catalog/staff/maintenance.ts";
import { listProviders as listGameProviders } from "../../catalog/staff/pause-provider.ts";
import { openBrand, showBrands } from "../../identity/brands.ts";
import { router } from "./procedure.ts";

export const gameRouter = router({
  list: listGames,
  facets: listFacets,
  show: showGame,
  change: changeGame,
  planImport,
  import: importGames,
  providers: listGameProviders,
  maintenance: listMaintenance,
  planMaintenance,
  cancelMaintenance,
});

export const brandRouter = router({ list: showBrands, open: openBrand });

export const lobbyRouter = router({
  list: listLobbyExperiments,
  show: showLobbyExperiment,
  start: startLobbyExperiment,
  stop: stopLobbyExperiment,
});
