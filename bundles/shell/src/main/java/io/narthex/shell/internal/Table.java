package io.narthex.shell.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows of text in aligned columns. */
final class Table {
  private final List<String[]> rows = new ArrayList<>();
  private final int[] widths;

  Table(String... titles) {
    widths = new int[titles.length];
    add(titles);
  }

  /** Adds a row, a cell for each title; line ends inside a cell become spaces. */
  void add(String... cells) {
    if (cells.length != widths.length) {
      throw new IllegalArgumentException("not " + widths.length + " cells: " + cells.length);
    }
    String[] row = Arrays.stream(cells).map(Table::oneLine).toArray(String[]::new);
    for (int i = 0; i < row.length; i++) {
      widths[i] = Math.max(widths[i], row[i].length());
    }
    rows.add(row);
  }

  /** What a terminal would act on is replaced: targets and errors come from outside. */
  private static String oneLine(String cell) {
    StringBuilder out = new StringBuilder(cell.length());
    for (int i = 0; i < cell.length(); i++) {
      char c = cell.charAt(i);
      out.append(Character.isISOControl(c) ? ' ' : c);
    }
    return out.toString();
  }

  /** The table without a line end at its end. */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    for (String[] row : rows) {
      if (!out.isEmpty()) {
        out.append('\n');
      }
      int start = out.length();
      for (int i = 0; i < row.length; i++) {
        if (i > 0) {
          out.append("  ");
        }
        out.append(row[i]).repeat(' ', widths[i] - row[i].length());
      }
      int end = out.length();
      while (end > start && out.charAt(end - 1) == ' ') {
        end--;
      }
      out.setLength(end);
    }
    return out.toString();
  }
}
