package io.narthex.storage.tsdb.internal.wal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Opens the files that the log writes; tests put one in between that fails. */
@FunctionalInterface
public interface WalFiles {

  /** The files of the operating system. */
  WalFiles SYSTEM = ChannelFile::new;

  /** Makes a new, empty file. */
  WalFile create(Path path) throws IOException;

  /** A file that is written from its beginning on. */
  interface WalFile extends AutoCloseable {

    /** Writes all of the buffer at the given position. */
    void write(ByteBuffer buffer, long position) throws IOException;

    void truncate(long size) throws IOException;

    /** Makes the content survive a crash of the machine. */
    void force() throws IOException;

    @Override
    void close() throws IOException;
  }

  /** A {@link WalFile} over a channel. */
  final class ChannelFile implements WalFile {
    private final FileChannel channel;

    ChannelFile(Path path) throws IOException {
      channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    @Override
    public void write(ByteBuffer buffer, long position) throws IOException {
      long at = position;
      while (buffer.hasRemaining()) {
        at += channel.write(buffer, at);
      }
    }

    @Override
    public void truncate(long size) throws IOException {
      channel.truncate(size);
    }

    @Override
    public void force() throws IOException {
      channel.force(true);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
