package io.narthex.storage.tsdb.internal;

import io.narthex.model.LabelMatcher;
import io.narthex.storage.tsdb.internal.block.Block;
import io.narthex.storage.tsdb.internal.block.BlockMeta;
import io.narthex.storage.tsdb.internal.block.BlockSet;
import io.narthex.storage.tsdb.internal.block.BlockWriter;
import io.narthex.storage.tsdb.internal.block.Ulid;
import io.narthex.storage.tsdb.internal.compact.BlockCompactor;
import io.narthex.storage.tsdb.internal.compact.BlockReload;
import io.narthex.storage.tsdb.internal.compact.CompactionMetrics;
import io.narthex.storage.tsdb.internal.compact.CompactionPlanner;
import io.narthex.storage.tsdb.internal.compact.CompactionRanges;
import io.narthex.storage.tsdb.internal.compact.Progress;
import io.narthex.storage.tsdb.internal.compact.UploadedBlocks;
import io.narthex.storage.tsdb.internal.disk.Disk;
import io.narthex.storage.tsdb.internal.head.OutOfOrderCompaction;
import io.narthex.storage.tsdb.internal.retention.RetentionLimits;
import io.narthex.storage.tsdb.internal.retention.RetentionPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The work on a database's blocks: making them of the head, compacting, deleting, copying. One
 * thing at a time; each call waits for its turn, and does its work in the caller's thread.
 */
final class Maintenance {

  private static final Logger log = LoggerFactory.getLogger(Maintenance.class);

  private final TsdbDatabase database;
  private final Path data;
  private final Disk disk;
  private final long chunkRange;
  private final MaintenanceOptions options;
  private final Predicate<BlockMeta> excluded;
  private final BlockCompactor compactor;
  private final BlockSet list;
  private final BlockReload reload;
  private final CompactionMetrics metrics;
  private final Snapshots snapshots;
  private final TaskRecorder recorder;
  private final HeadDelay delay;
  private final Progress progress = new Progress();
  private final MaintenanceCounters counters = new MaintenanceCounters();
  private final ReentrantLock lock = new ReentrantLock();

  /** Directories that could not be opened the last time: they count as a failure once. */
  private Set<Path> knownFailures = Set.of();

  /** What is kept, and the planner for it, null until that is known. */
  private volatile @Nullable Policy policy;

  private record Policy(RetentionLimits limits, CompactionPlanner planner) {}

  Maintenance(
      TsdbDatabase database,
      TsdbOptions options,
      Disk disk,
      CompactionMetrics metrics,
      InstantSource clock) {
    MaintenanceOptions m = options.maintenance();
    this.database = database;
    this.data = options.path();
    this.disk = disk;
    this.chunkRange = options.chunkRange();
    this.options = m;
    this.list = database.blocks();
    RandomGenerator random = new SecureRandom();
    Path uploaded = m.uploadedFile();
    this.excluded = uploaded == null ? b -> false : new UploadedBlocks(uploaded, clock::millis);
    this.compactor =
        new BlockCompactor(
            new BlockWriter(disk, data, m.chunkSegmentSize()),
            () -> Ulid.of(clock.millis(), random),
            metrics,
            progress);
    this.metrics = metrics;
    this.reload = new BlockReload(disk, data, list);
    this.recorder = new TaskRecorder(clock, progress);
    this.snapshots = new Snapshots(disk, data, m.chunkSegmentSize(), clock, random);
    this.delay = new HeadDelay(clock, random, chunkRange / 100 * m.delayPercent());
  }

  MaintenanceCounters counters() {
    return counters;
  }

  TaskRecorder recorder() {
    return recorder;
  }

  /** What is kept; everything until {@link #setLimits} has said something else. */
  RetentionLimits limits() {
    Policy now = policy;
    return now == null ? RetentionLimits.NONE : now.limits;
  }

  /**
   * Sets what is kept, from the next look at the blocks on. Blocks are not compacted before, as
   * their largest duration depends on it.
   */
  void setLimits(RetentionLimits limits) {
    CompactionRanges ranges = options.ranges(chunkRange, limits);
    policy = new Policy(limits, new CompactionPlanner(ranges, options.overlapping(), excluded));
    log.atDebug()
        .addKeyValue("limits", limits)
        .addKeyValue("ranges", ranges)
        .log("What is kept, and how long blocks get");
  }

  /** Makes what is under way end soon, with a failure, and everything that begins later. */
  void cancel() {
    progress.cancel();
  }

  /** Whether the head has so much that a part of it can become a block. */
  boolean isHeadCompactable() {
    long min = database.head().minTime();
    long max = database.head().maxTime();
    return min <= max && max - min > chunkRange / 2 * 3;
  }

  /** Opens blocks that are new, and lets go of what is no longer kept. */
  void reload() throws IOException, InterruptedException {
    lock.lockInterruptibly();
    try {
      reloadBlocks(List.of());
    } finally {
      lock.unlock();
    }
  }

  /** Makes blocks of the head, then compacts blocks, as long as there is something to do. */
  void compact() throws IOException, InterruptedException {
    counters.triggered.increment();
    lock.lockInterruptibly();
    try {
      if (compactHead()) {
        compactOutOfOrder();
      }
      compactBlocks();
    } catch (IOException | RuntimeException e) {
      counters.failed.add(progress.isCancelled() ? 0 : 1);
      throw e;
    } finally {
      lock.unlock();
    }
  }

  private boolean compactHead() throws IOException, InterruptedException {
    long start = System.nanoTime();
    boolean done = false;
    while (isHeadCompactable() && !delay.isWaiting() && !progress.isCancelled()) {
      long min = database.head().minTime();
      long max = Math.floorDiv(min, chunkRange) * chunkRange + chunkRange;
      recorder.run("making a block of the head", () -> compactHead(min, max));
      done = true;
      if (database.head().minTime() < max) {
        break;
      }
    }
    if (!isHeadCompactable()) {
      delay.reset();
    }
    if (done) {
      long took = (System.nanoTime() - start) / 1_000_000;
      if (took > chunkRange) {
        log.atWarn()
            .addKeyValue("duration_ms", took)
            .addKeyValue("block_range_ms", chunkRange)
            .log(
                "Head compaction took longer than the block time range, compactions are falling"
                    + " behind and won't be able to catch up");
      }
    }
    return done;
  }

  /** True if there was something to write. */
  private boolean compactHead(long min, long max) throws IOException, InterruptedException {
    database.awaitAppendersBefore(max);
    BlockMeta made = compactor.write(database.headChunks(min, max), min, max, List.of());
    reloadBlocks(listOf(made));
    database.truncateHead(max);
    return made != null;
  }

  private void compactOutOfOrder() throws IOException, InterruptedException {
    OutOfOrderCompaction late = database.outOfOrderCompaction();
    if (late != null) {
      recorder.run("making blocks of out-of-order samples", () -> compactOutOfOrder(late));
    }
  }

  /** How many blocks were made. */
  private int compactOutOfOrder(OutOfOrderCompaction late) throws IOException {
    List<BlockMeta> made = new ArrayList<>();
    for (long min : late.ranges()) {
      long max = min + chunkRange;
      BlockMeta block =
          compactor.write(late.chunks(min, max), min, max, List.of(BlockMeta.FROM_OUT_OF_ORDER));
      if (block != null) {
        made.add(block);
      }
    }
    reloadBlocks(made);
    late.finish();
    return made.size();
  }

  private void compactBlocks() throws IOException, InterruptedException {
    while (!progress.isCancelled()) {
      Policy now = policy;
      if (now == null) {
        return;
      }
      List<Block> blocks = list.blocks();
      List<BlockMeta> plan = now.planner.plan(blocks.stream().map(Block::meta).toList());
      if (plan.isEmpty()) {
        return;
      }
      if (isHeadCompactable() && !delay.isWaiting()) {
        log.atWarn().log("aborting block compactions to persist the head block");
        return;
      }
      List<Block> parents = blocks.stream().filter(b -> plan.contains(b.meta())).toList();
      recorder.run("compacting " + plan.size() + " blocks", () -> compactBlocks(parents));
    }
  }

  /** True if something was left to write. */
  private boolean compactBlocks(List<Block> parents) throws IOException {
    BlockMeta made = compactor.compact(parents);
    reloadBlocks(listOf(made));
    return made != null;
  }

  /**
   * @param made blocks that must be there afterwards: what they were made of goes only then
   */
  private void reloadBlocks(List<BlockMeta> made) throws IOException {
    counters.reloads.increment();
    BlockReload.Result result;
    try {
      result = reload.reload(this::plan);
    } catch (IOException | RuntimeException e) {
      counters.reloadFailures.increment();
      throw e;
    }
    counters.timeRetentions.add(result.plan().byTime() ? 1 : 0);
    counters.sizeRetentions.add(result.plan().bySize() ? 1 : 0);
    if (!knownFailures.containsAll(result.failed().keySet())) {
      counters.reloadFailures.increment();
    }
    knownFailures = result.failed().keySet();
    for (BlockMeta block : made) {
      IOException failure = result.failed().get(data.resolve(block.ulid().toString()));
      if (failure != null) {
        throw new IOException(
            "corrupted block " + block.ulid() + ": " + failure.getMessage(), failure);
      }
    }
    reload.finishRemoval();
  }

  private static List<BlockMeta> listOf(@Nullable BlockMeta meta) {
    return meta == null ? List.of() : List.of(meta);
  }

  private RetentionPlan plan(List<RetentionPlan.Sized> blocks) throws IOException {
    RetentionLimits now = limits();
    long fileSystem = 0;
    if (now.percentage() > 0) {
      fileSystem = disk.totalSpace(data);
      if (fileSystem == 0) {
        log.atWarn().log("Unable to detect the size of the file system; retention by size is used");
      }
    }
    return RetentionPlan.of(blocks, now.time(), now.bytes(fileSystem), database.logAndHeadBytes());
  }

  /** As the API says. */
  void deleteSeries(long minTime, long maxTime, List<LabelMatcher> matchers)
      throws IOException, InterruptedException {
    lock.lockInterruptibly();
    try {
      database.deleteSeries(minTime, maxTime, matchers);
      for (Block block : list.blocks()) {
        BlockMeta meta = block.meta();
        if (meta.minTime() <= maxTime && meta.maxTime() > minTime) {
          block.delete(
              Math.max(minTime, meta.minTime()), Math.min(maxTime, meta.maxTime() - 1), matchers);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** As the API says. */
  void cleanTombstones() throws IOException, InterruptedException {
    lock.lockInterruptibly();
    try {
      long start = System.nanoTime();
      for (Block block = dirty(); block != null; block = dirty()) {
        Block next = block;
        recorder.run(
            "cleaning block " + block.meta().ulid(),
            () -> {
              BlockMeta made = compactor.clean(next);
              reloadBlocks(listOf(made));
              return made != null;
            });
      }
      metrics.cleaned((System.nanoTime() - start) / 1e9);
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Block dirty() {
    for (Block block : list.blocks()) {
      if (!block.tombstones().isEmpty()) {
        return block;
      }
    }
    return null;
  }

  /** As the API says. */
  String snapshot(boolean withHead) throws IOException, InterruptedException {
    lock.lockInterruptibly();
    try {
      return recorder.run(
          "making a snapshot",
          () ->
              snapshots.make(
                  list.blocks(),
                  to -> {
                    long min = database.head().minTime();
                    long max = database.head().maxTime();
                    if (withHead && min <= max) {
                      compactor.write(
                          to, database.headChunks(min, max + 1), min, max + 1, List.of());
                    }
                  }));
    } finally {
      lock.unlock();
    }
  }
}
