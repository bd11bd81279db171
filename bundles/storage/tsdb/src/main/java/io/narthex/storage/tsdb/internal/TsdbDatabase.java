package io.narthex.storage.tsdb.internal;

import io.narthex.api.storage.Appender;
import io.narthex.api.storage.ExemplarQuerier;
import io.narthex.api.storage.HeadStatistics.ReplayProgress;
import io.narthex.api.storage.Querier;
import io.narthex.api.storage.Storage;
import io.narthex.api.storage.StorageException;
import io.narthex.model.LabelMatcher;
import io.narthex.storage.tsdb.internal.block.Block;
import io.narthex.storage.tsdb.internal.block.BlockLoader;
import io.narthex.storage.tsdb.internal.block.BlockSet;
import io.narthex.storage.tsdb.internal.block.SeriesChunks;
import io.narthex.storage.tsdb.internal.disk.Disk;
import io.narthex.storage.tsdb.internal.head.Commits;
import io.narthex.storage.tsdb.internal.head.Head;
import io.narthex.storage.tsdb.internal.head.HeadAccess;
import io.narthex.storage.tsdb.internal.head.HeadExemplars;
import io.narthex.storage.tsdb.internal.head.HeadOptions;
import io.narthex.storage.tsdb.internal.head.HeadTruncation;
import io.narthex.storage.tsdb.internal.head.OutOfOrderCompaction;
import io.narthex.storage.tsdb.internal.head.OutOfOrderLog;
import io.narthex.storage.tsdb.internal.wal.CheckpointWriter;
import io.narthex.storage.tsdb.internal.wal.SegmentDirectory;
import io.narthex.storage.tsdb.internal.wal.WalMetrics;
import io.narthex.storage.tsdb.internal.wal.WalWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A data directory that is open: its blocks, its head, its log and its lock. */
final class TsdbDatabase implements Storage, ExemplarQuerier, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(TsdbDatabase.class);

  /** How long closing waits for appenders and queriers that are open. */
  private static final long CLOSE_TIMEOUT_MILLIS = 10_000;

  private final BlockSet blocks;
  private final Head head;
  private final HeadAccess access;
  private final HeadTruncation truncation;
  private final WalTruncation walTruncation;
  private final Commits commits;
  private final WalWriter wal;
  private final OutOfOrderLog wbl;
  private final Path walDir;
  private final @Nullable DirectoryLock lock;
  private final Replayed replayed;
  private volatile DoubleConsumer collected = seconds -> {};
  private volatile DoubleConsumer walTruncated = seconds -> {};

  /** What came of replaying the logs. */
  private record Replayed(long corruptions, long unknownReferences, double seconds) {}

  /** Told of the replay while the database opens. */
  interface OpeningListener {
    void replaying(java.util.function.Supplier<ReplayProgress> progress);
  }

  private TsdbDatabase(
      BlockSet blocks,
      Head head,
      HeadAccess access,
      WalTruncation walTruncation,
      Commits commits,
      WalWriter wal,
      OutOfOrderLog wbl,
      Path walDir,
      @Nullable DirectoryLock lock,
      Replayed replayed) {
    this.blocks = blocks;
    this.head = head;
    this.access = access;
    this.truncation = new HeadTruncation(head, access);
    this.walTruncation = walTruncation;
    this.commits = commits;
    this.wal = wal;
    this.wbl = wbl;
    this.walDir = walDir;
    this.lock = lock;
    this.replayed = replayed;
  }

  /**
   * Opens a directory, which is made if it is not there: locks it and replays its log.
   *
   * @param disk through which everything is written
   * @param cancelled asked now and then whether to give up
   */
  static TsdbDatabase open(
      TsdbOptions options,
      Disk disk,
      WalMetrics walMetrics,
      OpeningListener listener,
      BooleanSupplier cancelled)
      throws IOException {
    disk.createDirectories(options.path());
    DirectoryLock lock = options.lockFile() ? DirectoryLock.acquire(disk, options.path()) : null;
    Head head = null;
    BlockSet blocks = null;
    try {
      blocks = openBlocks(new BlockLoader(disk, options.path()));
      head = new Head(headOptions(options, blocks));
      Path walDir = options.path().resolve("wal");
      disk.createDirectories(walDir);
      disk.forceDirectory(options.path());
      CheckpointWriter.removeUnfinished(disk, walDir);
      WalReplay replay = new WalReplay(disk, walDir, head, cancelled);
      listener.replaying(replay::progress);
      long start = System.nanoTime();
      replay.run();
      Path wblDir = options.path().resolve("wbl");
      OutOfOrderLogReplay lateReplay =
          new OutOfOrderLogReplay(disk, wblDir, head, replay.result(), cancelled);
      lateReplay.run();
      WalWriter wal = WalWriter.open(walDir, options.walSegmentSize(), disk, walMetrics);
      double seconds = (System.nanoTime() - start) / 1e9;
      OutOfOrderLog wbl =
          new OutOfOrderLog(
              wblDir,
              options.walSegmentSize(),
              options.compression(),
              disk,
              walMetrics.outOfOrder());
      Commits commits = new Commits(head, wal, wbl, options.compression());
      HeadAccess access = new HeadAccess(head, commits, options.compression(), List.of());
      WalTruncation truncation = new WalTruncation(disk, walDir, options, head, commits);
      TsdbDatabase database =
          new TsdbDatabase(
              blocks,
              head,
              access,
              truncation,
              commits,
              wal,
              wbl,
              walDir,
              lock,
              new Replayed(
                  replay.corruptions() + lateReplay.corruptions(),
                  replay.result().unknownRefs(),
                  seconds));
      database.collect();
      return database;
    } catch (IOException | RuntimeException e) {
      abandon(blocks, head, lock, e);
      throw e;
    }
  }

  private static HeadOptions headOptions(TsdbOptions options, BlockSet blocks) {
    return new HeadOptions(
        options.chunkRange(),
        options.samplesPerChunk(),
        options.metadataRecords(),
        options.maxExemplars(),
        blocks.inOrderEnd());
  }

  /** Opens what blocks there are, and removes those that others were made of. */
  private static BlockSet openBlocks(BlockLoader loader) throws IOException {
    loader.removeUnfinished();
    BlockLoader.Found found = loader.load(List.of());
    BlockSet blocks = new BlockSet(found.blocks());
    try {
      for (Path directory : found.superseded()) {
        loader.delete(directory);
      }
    } catch (IOException e) {
      blocks.close();
      throw e;
    }
    for (Block block : blocks.blocks()) {
      log.atInfo()
          .addKeyValue("mint", block.meta().minTime())
          .addKeyValue("maxt", block.meta().maxTime())
          .addKeyValue("ulid", block.meta().ulid())
          .log("Found healthy block");
    }
    return blocks;
  }

  private static void abandon(
      @Nullable BlockSet blocks,
      @Nullable Head head,
      @Nullable DirectoryLock lock,
      Exception failure) {
    if (blocks != null) {
      blocks.close();
    }
    if (head != null) {
      head.close();
    }
    if (lock != null) {
      try {
        lock.close();
      } catch (IOException e) {
        failure.addSuppressed(e);
      }
    }
  }

  /** Calls back if it turns out that another server has the directory. */
  void whenLockLost(java.util.function.Consumer<Throwable> callback) {
    if (lock != null) {
      lock.whenLost(callback);
    }
  }

  /** Waits until no server of another make can open the directory; false if one has. */
  boolean awaitLock() {
    return lock == null || lock.awaitFlock();
  }

  Head head() {
    return head;
  }

  int walSegment() {
    return wal.segment();
  }

  long walSize() {
    try {
      return SegmentDirectory.size(walDir);
    } catch (IOException e) {
      // A figure for people: a segment that goes away while it is counted is no failure.
      return 0;
    }
  }

  /**
   * Sets how much older than the newest sample another may be; 0 if it must come in order. What is
   * there stays, whatever is set.
   */
  void setOutOfOrderWindow(long millis) {
    head.outOfOrder().setWindow(millis);
  }

  /** The out-of-order log's segment, -1 before the first out-of-order sample. */
  int wblSegment() {
    return wbl.segment();
  }

  long wblSize() {
    try {
      return wbl.size();
    } catch (IOException e) {
      // As for the other log.
      return 0;
    }
  }

  long corruptions() {
    return replayed.corruptions;
  }

  /** Samples and others of the log whose series it did not have. */
  long unknownReferences() {
    return replayed.unknownReferences;
  }

  double replaySeconds() {
    return replayed.seconds;
  }

  int activeAppenders() {
    return access.activeAppenders();
  }

  /** -1 without a lock file, 0 if one was found, 1 if none was. */
  int cleanStart() {
    return lock == null ? -1 : lock.cleanStart() ? 1 : 0;
  }

  @Override
  public Appender appender() {
    return access.appender();
  }

  @Override
  public Querier querier(long minTime, long maxTime) throws StorageException {
    long headMinTime = headMinTime();
    Querier view = access.querier(minTime, maxTime);
    return TsdbQuerier.open(blocks, view, headMinTime, minTime, maxTime);
  }

  @Override
  public List<SeriesExemplars> select(long start, long end, List<List<LabelMatcher>> matchers) {
    return new HeadExemplars(head).select(start, end, matchers);
  }

  /**
   * What the head has in a time range, for a block.
   *
   * @param maxTime the end of the range, excluded
   */
  SeriesChunks headChunks(long minTime, long maxTime) throws StorageException {
    return access.chunks(minTime, maxTime);
  }

  /** Begins to make blocks of out-of-order samples; null if there are none. */
  @Nullable OutOfOrderCompaction outOfOrderCompaction() throws IOException {
    return access.beginOutOfOrderCompaction();
  }

  /**
   * Drops what the head has before a time, which is in a block that queries read. Returns when that
   * is done; queries that need what is dropped are waited for. One thread at a time may do this.
   */
  void truncateHead(long minTime) throws IOException, InterruptedException {
    head.counters().truncations.increment();
    try {
      double seconds = truncation.truncate(minTime, wal.segment());
      if (seconds > 0) {
        collected.accept(seconds);
        log.atInfo().addKeyValue("duration", seconds + "s").log("Head GC completed");
      }
      seconds = walTruncation.truncate(minTime);
      if (seconds > 0) {
        walTruncated.accept(seconds);
      }
    } catch (IOException | InterruptedException | RuntimeException e) {
      head.counters().truncationsFailed.increment();
      throw e;
    }
  }

  /** Removes series of which the log had no samples that are still needed. */
  private void collect() {
    try {
      truncation.collect(wal.segment());
    } catch (InterruptedException e) {
      // They go with the next truncation then.
      Thread.currentThread().interrupt();
    }
  }

  /** Tells how many seconds the collecting of series and the shortening of the log take. */
  void whenTruncated(DoubleConsumer ofHead, DoubleConsumer ofLog) {
    collected = ofHead;
    walTruncated = ofLog;
  }

  WalTruncation walTruncation() {
    return walTruncation;
  }

  /** Waits until no open appender takes samples before a time. */
  void awaitAppendersBefore(long time) throws InterruptedException {
    access.awaitAppendersBefore(time);
  }

  /** Deletes samples of the head, both times included. */
  void deleteSeries(long minTime, long maxTime, List<LabelMatcher> matchers)
      throws StorageException {
    int series = access.delete(minTime, maxTime, matchers);
    log.atInfo()
        .addKeyValue("matchers", matchers)
        .addKeyValue("mint", minTime)
        .addKeyValue("maxt", maxTime)
        .addKeyValue("series", series)
        .log("Deleted samples of the head");
  }

  @Override
  public long startTime() {
    return Math.min(blocks.minTime(), headMinTime());
  }

  private long headMinTime() {
    return Math.min(head.minTime(), head.outOfOrder().minTime());
  }

  /** Bytes of logs and head chunks. */
  long logAndHeadBytes() {
    return walSize() + wblSize();
  }

  /** The blocks that are open. */
  BlockSet blocks() {
    return blocks;
  }

  /** Waits, for a bounded time, for who uses the database; then ends log, memory and lock. */
  @Override
  public void close() throws IOException {
    int left = 0;
    try {
      left = access.close(CLOSE_TIMEOUT_MILLIS);
    } catch (InterruptedException e) {
      // Whoever interrupts wants it to end: go on at once.
      Thread.currentThread().interrupt();
    }
    if (left > 0) {
      log.atWarn()
          .addKeyValue("open", left)
          .log("Closing TSDB although appenders or queriers are still open");
    }
    try {
      commits.close();
    } finally {
      blocks.close();
      head.close();
      if (lock != null) {
        lock.close();
      }
    }
  }
}
