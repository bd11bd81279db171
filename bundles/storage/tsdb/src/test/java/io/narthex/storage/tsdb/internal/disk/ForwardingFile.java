package io.narthex.storage.tsdb.internal.disk;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A file that hands everything on to another; every way of writing ends in one method. */
public class ForwardingFile implements DiskFile {

  private final DiskFile file;

  public ForwardingFile(DiskFile file) {
    this.file = file;
  }

  @Override
  public void write(byte[] data, int offset, int length, long position) throws IOException {
    file.write(data, offset, length, position);
  }

  @Override
  public final void write(MemorySegment data, long position) throws IOException {
    byte[] bytes = data.toArray(ValueLayout.JAVA_BYTE);
    write(bytes, 0, bytes.length, position);
  }

  @Override
  public long size() {
    return file.size();
  }

  @Override
  public void truncate(long size) throws IOException {
    file.truncate(size);
  }

  @Override
  public void force() throws IOException {
    file.force();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
