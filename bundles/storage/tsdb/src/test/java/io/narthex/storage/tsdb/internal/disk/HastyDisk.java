package io.narthex.storage.tsdb.internal.disk;

import java.io.IOException;
import java.nio.file.Path;

/** The system's disk, never waited for. */
public final class HastyDisk extends ForwardingDisk {

  public HastyDisk() {
    super(Disk.SYSTEM);
  }

  @Override
  public DiskFile create(Path file) throws IOException {
    return new HastyFile(super.create(file));
  }

  @Override
  public DiskFile open(Path file) throws IOException {
    return new HastyFile(super.open(file));
  }

  @Override
  public void forceDirectory(Path dir) {}

  private static final class HastyFile extends ForwardingFile {
    HastyFile(DiskFile file) {
      super(file);
    }

    @Override
    public void force() {}
  }
}
