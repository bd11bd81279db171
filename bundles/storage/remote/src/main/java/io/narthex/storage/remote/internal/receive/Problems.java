package io.narthex.storage.remote.internal.receive;

/** What is wrong with parts of a request, one line each, as much of it as a sender can use. */
final class Problems {

  private static final int MAX_LENGTH = 256 << 10;

  private final StringBuilder text = new StringBuilder();
  private int left;

  void clear() {
    text.setLength(0);
    left = 0;
  }

  void add(String problem) {
    if (text.length() + problem.length() > MAX_LENGTH) {
      left++;
      return;
    }
    if (!text.isEmpty()) {
      text.append('\n');
    }
    text.append(problem);
  }

  boolean isEmpty() {
    return text.isEmpty() && left == 0;
  }

  @Override
  public String toString() {
    return left == 0 ? text.toString() : text + "\nand " + left + " more";
  }
}
