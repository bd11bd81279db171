package io.narthex.storage.tsdb.internal.disk;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A disk whose files, to be read only, are arrays. */
public final class MemoryDisk extends ForwardingDisk {

  private final Map<Path, byte[]> files = new HashMap<>();

  public MemoryDisk() {
    super(Disk.SYSTEM);
  }

  public MemoryDisk with(Path path, byte[] content) {
    files.put(path, content);
    return this;
  }

  private byte[] file(Path path) {
    byte[] content = files.get(path);
    if (content == null) {
      throw new IllegalArgumentException("no file " + path);
    }
    return content;
  }

  @Override
  public DiskSource source(Path path) {
    byte[] content = file(path);
    return new DiskSource() {
      @Override
      public int read(byte[] into, int offset, int length, long position) {
        int n = (int) Math.max(0, Math.min(length, content.length - position));
        if (n > 0) {
          System.arraycopy(content, (int) position, into, offset, n);
        }
        return n;
      }

      @Override
      public long size() {
        return content.length;
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public MemorySegment map(Path path, Arena arena) {
    return arena.allocate(file(path).length).copyFrom(MemorySegment.ofArray(file(path)));
  }

  @Override
  public byte[] read(Path path, int limit) {
    return Arrays.copyOf(file(path), Math.min(limit, file(path).length));
  }

  @Override
  public boolean isFile(Path path) {
    return files.containsKey(path);
  }

  @Override
  public boolean isDirectory(Path path) {
    return files.keySet().stream().anyMatch(p -> path.equals(p.getParent()));
  }

  @Override
  public List<Path> list(Path dir) {
    return files.keySet().stream().filter(p -> dir.equals(p.getParent())).sorted().toList();
  }

  @Override
  public long size(Path path) {
    return file(path).length;
  }
}
