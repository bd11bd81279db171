package io.narthex.storage.tsdb.internal.disk;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The {@link Disk} of the operating system. */
final class SystemDisk implements Disk {

  /** Directories cannot be opened there, and need not be forced. */
  private static final boolean WINDOWS =
      System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");

  /** What is done with a channel, which an interrupt closes. */
  @FunctionalInterface
  private interface ChannelWork<T> {
    T run(FileChannel channel) throws IOException;
  }

  @Override
  public DiskFile create(Path file) throws IOException {
    Files.createFile(file);
    return new SystemFile(new RandomAccessFile(file.toFile(), "rw"));
  }

  @Override
  public DiskFile open(Path file) throws IOException {
    requireFile(file);
    return new SystemFile(new RandomAccessFile(file.toFile(), "rw"));
  }

  @Override
  public DiskSource source(Path file) throws IOException {
    requireFile(file);
    return new SystemSource(new RandomAccessFile(file.toFile(), "r"));
  }

  @Override
  public MemorySegment map(Path file, Arena arena) throws IOException {
    return withChannel(file, c -> c.map(FileChannel.MapMode.READ_ONLY, 0, c.size(), arena));
  }

  @Override
  public byte[] read(Path file, int limit) throws IOException {
    try (DiskSource source = source(file)) {
      long size = source.size();
      if (size > limit) {
        throw new IOException(file + ": " + size + " bytes, more than the limit of " + limit);
      }
      byte[] out = new byte[(int) size];
      int n = source.read(out, 0, out.length, 0);
      if (n < out.length) {
        throw new IOException(file + ": was cut off to " + n + " bytes while it was read");
      }
      return out;
    }
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void delete(Path path) throws IOException {
    Files.delete(path);
  }

  @Override
  public void link(Path name, Path existing) throws IOException {
    Files.createLink(name, existing);
  }

  @Override
  public void createDirectory(Path dir) throws IOException {
    Files.createDirectory(dir);
  }

  @Override
  public void forceDirectory(Path dir) throws IOException {
    if (!WINDOWS) {
      withChannel(
          dir,
          c -> {
            c.force(true);
            return c;
          });
    }
  }

  @Override
  public List<Path> list(Path dir) throws IOException {
    List<Path> out = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(dir)) {
      entries.forEach(out::add);
    } catch (java.nio.file.DirectoryIteratorException e) {
      throw e.getCause();
    }
    out.sort(null);
    return out;
  }

  @Override
  public boolean isFile(Path path) {
    return Files.isRegularFile(path);
  }

  @Override
  public boolean isDirectory(Path path) {
    return Files.isDirectory(path);
  }

  @Override
  public long size(Path file) throws IOException {
    return Files.size(file);
  }

  @Override
  public long usableSpace(Path path) throws IOException {
    return Files.getFileStore(path).getUsableSpace();
  }

  @Override
  public long totalSpace(Path path) throws IOException {
    return Files.getFileStore(path).getTotalSpace();
  }

  private static void requireFile(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new NoSuchFileException(file.toString());
    }
  }

  /** Does it again after an interrupt, which stays set. */
  private static <T> T withChannel(Path path, ChannelWork<T> work) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
          return work.run(channel);
        } catch (ClosedByInterruptException e) {
          interrupted |= Thread.interrupted();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
