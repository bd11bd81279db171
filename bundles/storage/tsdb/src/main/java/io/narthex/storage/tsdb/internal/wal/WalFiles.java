package io.narthex.storage.tsdb.internal.wal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens the files that the log writes; tests put one in between that fails. */
@FunctionalInterface
public interface WalFiles {

  /** The files of the operating system. */
  WalFiles SYSTEM = SystemFile::new;

  /** Makes a new, empty file. */
  WalFile create(Path path) throws IOException;

  /** A file that is written from its beginning on. */
  interface WalFile extends AutoCloseable {

    /** Writes bytes at a position of the file. */
    void write(byte[] data, int offset, int length, long position) throws IOException;

    void truncate(long size) throws IOException;

    /** Makes the content survive a crash of the machine. */
    void force() throws IOException;

    @Override
    void close() throws IOException;
  }

  /**
   * A {@link WalFile} of the operating system. No channel: that would be closed under everybody's
   * hands when a thread that writes to it is interrupted.
   */
  final class SystemFile implements WalFile {
    private final RandomAccessFile file;

    SystemFile(Path path) throws IOException {
      Files.createFile(path);
      file = new RandomAccessFile(path.toFile(), "rw");
    }

    @Override
    public void write(byte[] data, int offset, int length, long position) throws IOException {
      file.seek(position);
      file.write(data, offset, length);
    }

    @Override
    public void truncate(long size) throws IOException {
      file.setLength(size);
    }

    @Override
    public void force() throws IOException {
      file.getFD().sync();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
