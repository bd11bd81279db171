package io.narthex.api.storage;

import io.narthex.model.Exemplar;
import io.narthex.model.LabelMatcher;
import io.narthex.model.Labels;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Reads exemplars. */
@ProviderType
public interface ExemplarQuerier {

  /** Exemplars of one series by time. */
  record SeriesExemplars(Labels labels, List<Exemplar> exemplars) {
    public SeriesExemplars {
      exemplars = List.copyOf(exemplars);
    }
  }

  /** Exemplars from start to end of the series that any of the matcher lists accepts, by labels. */
  List<SeriesExemplars> select(long start, long end, List<List<LabelMatcher>> matchers)
      throws StorageException;
}
