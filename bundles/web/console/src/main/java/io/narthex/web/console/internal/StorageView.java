package io.narthex.web.console.internal;

import io.narthex.api.storage.StorageAdmin;
import io.narthex.api.storage.StorageMaintenance;
import io.narthex.model.PromDuration;
import java.time.Instant;
import java.util.List;

/** Writes what the database does, and its blocks. */
final class StorageView {

  static final String PAUSE = "pause";
  static final String RESUME = "resume";
  static final String RUN = "run";

  private StorageView() {}

  /** Does what a button stands for; false if there is no such button. */
  static boolean act(StorageMaintenance maintenance, String action) {
    switch (action) {
      case PAUSE -> maintenance.pause();
      case RESUME -> maintenance.resume();
      case RUN -> maintenance.runNow();
      default -> {
        return false;
      }
    }
    return true;
  }

  static void writeMaintenance(StorageMaintenance maintenance, Html html) {
    StorageMaintenance.Status status = maintenance.status();
    html.heading("Compactions").paragraph("State: " + Times.words(status.state()));
    StorageMaintenance.Task task = status.task();
    if (task != null) {
      html.paragraph(
          task.what()
              + ", since "
              + Times.of(task.since())
              + ", "
              + task.series()
              + " series so far");
    }
    html.button(RUN, "Look for work now")
        .button(status.paused() ? RESUME : PAUSE, status.paused() ? "Resume" : "Pause");
    html.table("What", "When", "Took", "Error");
    for (StorageMaintenance.Run run : status.recent()) {
      html.row(
          run.what(),
          Times.of(run.since()),
          PromDuration.format(run.took().toMillis()),
          run.error());
    }
    html.endTable(status.recent(), "Nothing was done yet.");
  }

  static void writeBlocks(StorageAdmin admin, Html html) {
    List<StorageAdmin.Block> blocks = admin.blocks();
    html.heading("Blocks")
        .table("Block", "From", "To", "Level", "Series", "Samples", "Deleted", "Bytes", "Notes");
    for (StorageAdmin.Block block : blocks) {
      html.row(
          block.ulid(),
          Times.of(Instant.ofEpochMilli(block.minTime())),
          Times.of(Instant.ofEpochMilli(block.maxTime())),
          Integer.toString(block.level()),
          Long.toString(block.contents().series()),
          Long.toString(block.contents().samples()),
          Long.toString(block.contents().tombstones()),
          Long.toString(block.bytes()),
          (block.failed() ? "compacting it has failed " : "") + String.join(", ", block.hints()));
    }
    html.endTable(blocks, "There is no block yet.");
  }
}
