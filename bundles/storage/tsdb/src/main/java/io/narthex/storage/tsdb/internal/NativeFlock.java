package io.narthex.storage.tsdb.internal;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lock by the system call {@code flock}, which the reference's server takes. Where the call
 * cannot be made, there is none: then two servers of different make are not kept apart.
 */
final class NativeFlock implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(NativeFlock.class);

  private static final int O_RDWR = 2;
  private static final int LOCK_EX_NB = 2 | 4;
  private static final int NONE = -1;

  private final int descriptor;

  private NativeFlock(int descriptor) {
    this.descriptor = descriptor;
  }

  /**
   * Locks an existing file.
   *
   * @throws IOException if somebody else has locked it
   */
  static NativeFlock lock(Path file) throws IOException {
    if (!System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux")) {
      return new NativeFlock(NONE);
    }
    try (Arena arena = Arena.ofConfined()) {
      int fd =
          (int)
              function("open", ValueLayout.ADDRESS, ValueLayout.JAVA_INT)
                  .invokeExact(arena.allocateFrom(file.toString()), O_RDWR);
      if (fd < 0) {
        return new NativeFlock(NONE);
      }
      int result =
          (int)
              function("flock", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT)
                  .invokeExact(fd, LOCK_EX_NB);
      NativeFlock lock = new NativeFlock(fd);
      if (result != 0) {
        lock.close();
        throw new IOException("lock DB directory: resource temporarily unavailable");
      }
      return lock;
    } catch (IOException e) {
      throw e;
    } catch (Throwable e) {
      log.atWarn()
          .setCause(e)
          .log("flock is not available: only servers of this make are locked out");
      return new NativeFlock(NONE);
    }
  }

  // The functions are two fixed ones of the C library, with the signatures they have there.
  @SuppressWarnings("restricted")
  private static MethodHandle function(String name, ValueLayout... arguments) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow(name),
        FunctionDescriptor.of(ValueLayout.JAVA_INT, arguments),
        name.equals("open")
            ? new Linker.Option[] {Linker.Option.firstVariadicArg(2)}
            : new Linker.Option[0]);
  }

  @Override
  public void close() {
    if (descriptor == NONE) {
      return;
    }
    try {
      int result = (int) function("close", ValueLayout.JAVA_INT).invokeExact(descriptor);
      if (result != 0) {
        log.atWarn().log("The lock file could not be closed");
      }
    } catch (Throwable e) {
      log.atWarn().setCause(e).log("The lock file could not be closed");
    }
  }
}
