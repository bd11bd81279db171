package io.narthex.web.api.internal;

import io.narthex.api.storage.StorageAdmin;
import io.narthex.api.storage.StorageException;
import io.narthex.model.LabelMatcher;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Notes what it is asked to do. */
final class FakeAdmin implements StorageAdmin {

  final List<String> asked = new ArrayList<>();
  final List<Block> blocks = new ArrayList<>();
  @Nullable StorageException failure;

  private void ask(String what) throws StorageException {
    if (failure != null) {
      throw failure;
    }
    asked.add(what);
  }

  @Override
  public void deleteSeries(long minTime, long maxTime, List<LabelMatcher> matchers)
      throws StorageException {
    ask("delete " + minTime + " " + maxTime + " " + matchers.size());
  }

  @Override
  public void cleanTombstones() throws StorageException {
    ask("clean");
  }

  @Override
  public String snapshot(boolean withHead) throws StorageException {
    ask("snapshot " + withHead);
    return "20260102T030405Z-0123456789abcdef";
  }

  @Override
  public List<Block> blocks() {
    return blocks;
  }
}
