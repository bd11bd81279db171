package io.narthex.storage.tsdb.internal.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A disk that writes down every change, and lets those fail that it is told to. The files are real
 * ones below a root, so that they can be read and mapped; nothing is forced really. What would be
 * left of them is told by a {@link DiskImage} that is given the operations.
 */
public final class FaultyDisk extends ForwardingDisk {

  /** What happens to an operation. */
  public enum Fault {
    /** Writes, creations and forcing fail; of a write a part is done. Removing goes on. */
    NO_SPACE("No space left on device"),
    /** Everything fails; of a write a part is done, a renaming is not. */
    IO_ERROR("Input/output error"),
    /** Everything fails, but writes, renaming and removal have been done nevertheless. */
    IO_ERROR_AFTERWARDS("Input/output error"),
    /** Forcing says that it was done, and does nothing. */
    LOST_FORCE("");

    private final String message;

    Fault(String message) {
      this.message = message;
    }
  }

  private final Path root;
  private final DiskImage live;
  private final List<DiskOperation> log = new ArrayList<>();
  private @Nullable Fault fault;
  private int failFrom = Integer.MAX_VALUE;
  private int failUntil = Integer.MAX_VALUE;
  private int changes;
  private int failures;
  private Predicate<Path> failing = p -> true;

  public FaultyDisk(Path root) throws IOException {
    super(Disk.SYSTEM);
    this.root = root.toAbsolutePath();
    this.live = DiskImage.of(root);
  }

  /** Lets the changes number {@code from} to {@code until - 1} fail, counted from 0. */
  public synchronized void fail(Fault how, int from, int until) {
    fault = how;
    failFrom = from;
    failUntil = until;
  }

  /** Lets all changes fail from now on that are about paths like these. */
  public synchronized void failFromNow(Fault how, Predicate<Path> paths) {
    failing = paths;
    fail(how, changes, Integer.MAX_VALUE);
  }

  public synchronized void recover() {
    failFrom = Integer.MAX_VALUE;
    failUntil = Integer.MAX_VALUE;
    failing = p -> true;
  }

  /** How many changes have been asked for. */
  public synchronized int changes() {
    return changes;
  }

  /** How many of them have failed. */
  public synchronized int failures() {
    return failures;
  }

  public synchronized void note(Object what) {
    log.add(new DiskOperation.Note(what));
  }

  /** What was done up to now. */
  public synchronized List<DiskOperation> log() {
    return List.copyOf(log);
  }

  private void done(DiskOperation operation) {
    live.apply(operation);
    log.add(operation);
  }

  private @Nullable Fault next(Path path) {
    int n = changes++;
    boolean fails = n >= failFrom && n < failUntil && failing.test(path);
    if (fails) {
      failures++;
    }
    return fails ? fault : null;
  }

  private Path relative(Path path) {
    return root.relativize(path.toAbsolutePath());
  }

  /** Whether it is to be done; throws before if it fails without effect. */
  private static void before(@Nullable Fault f) throws IOException {
    if (f == Fault.NO_SPACE || f == Fault.IO_ERROR) {
      throw new IOException(f.message);
    }
  }

  private static void after(@Nullable Fault f) throws IOException {
    if (f == Fault.IO_ERROR_AFTERWARDS) {
      throw new IOException(f.message);
    }
  }

  private static @Nullable Fault removing(@Nullable Fault f) {
    return f == Fault.NO_SPACE ? null : f;
  }

  @Override
  public synchronized DiskFile create(Path file) throws IOException {
    Fault f = next(file);
    before(f);
    DiskFile real = super.create(file);
    int inode = live.nextInode();
    done(new DiskOperation.Create(relative(file), inode));
    if (f == Fault.IO_ERROR_AFTERWARDS) {
      real.close();
    }
    after(f);
    return new File(real, file, inode);
  }

  @Override
  public synchronized DiskFile open(Path file) throws IOException {
    return new File(super.open(file), file, live.inode(relative(file)));
  }

  @Override
  public synchronized void rename(Path from, Path to) throws IOException {
    Fault f = next(from);
    before(f);
    super.rename(from, to);
    done(new DiskOperation.Rename(relative(from), relative(to)));
    after(f);
  }

  @Override
  public synchronized void delete(Path path) throws IOException {
    Fault f = removing(next(path));
    before(f);
    super.delete(path);
    done(new DiskOperation.Delete(relative(path)));
    after(f);
  }

  @Override
  public synchronized void link(Path name, Path existing) throws IOException {
    Fault f = next(name);
    before(f);
    super.link(name, existing);
    done(new DiskOperation.Link(relative(name), relative(existing)));
    after(f);
  }

  @Override
  public synchronized void createDirectory(Path dir) throws IOException {
    if (super.exists(dir)) {
      // Fails by itself.
      super.createDirectory(dir);
    }
    Fault f = next(dir);
    before(f);
    super.createDirectory(dir);
    done(new DiskOperation.MakeDirectory(relative(dir)));
    after(f);
  }

  @Override
  public synchronized void forceDirectory(Path dir) throws IOException {
    Fault f = next(dir);
    before(f);
    after(f);
    if (f != Fault.LOST_FORCE) {
      done(new DiskOperation.ForceDirectory(relative(dir)));
    }
  }

  private final class File extends ForwardingFile {
    private final Path path;
    private final int inode;

    /** Without what a write that failed has left behind the end. */
    private long size;

    File(DiskFile real, Path path, int inode) {
      super(real);
      this.path = path;
      this.inode = inode;
      this.size = real.size();
    }

    @Override
    public long size() {
      return size;
    }

    @Override
    public void write(byte[] data, int offset, int length, long position) throws IOException {
      synchronized (FaultyDisk.this) {
        Fault f = next(path);
        boolean part = f == Fault.NO_SPACE || f == Fault.IO_ERROR;
        int n = part ? length / 2 : length;
        if (n > 0) {
          super.write(data, offset, n, position);
          done(
              new DiskOperation.Write(
                  inode, position, Arrays.copyOfRange(data, offset, offset + n)));
        }
        before(f);
        after(f);
        size = Math.max(size, position + length);
      }
    }

    @Override
    public void truncate(long to) throws IOException {
      synchronized (FaultyDisk.this) {
        Fault f = to <= size ? removing(next(path)) : next(path);
        before(f);
        super.truncate(to);
        done(new DiskOperation.Truncate(inode, to));
        after(f);
        size = to;
      }
    }

    @Override
    public void force() throws IOException {
      synchronized (FaultyDisk.this) {
        Fault f = next(path);
        if (f != Fault.LOST_FORCE) {
          done(new DiskOperation.Force(inode, f != null));
        }
        before(f);
        after(f);
      }
    }
  }
}
