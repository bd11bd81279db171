package io.narthex.scrape.internal.loop;

import io.narthex.api.exposition.ExpositionException;
import io.narthex.api.exposition.ExpositionReader;
import io.narthex.api.storage.Appender;
import io.narthex.api.storage.Outcome;
import io.narthex.model.Exemplar;
import io.narthex.model.LabelsBuilder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands the exemplars of a sample to the storage, by time; they never make a scrape fail. */
final class SampleExemplars {

  private static final Logger log = LoggerFactory.getLogger(SampleExemplars.class);

  private final LabelsBuilder labels = new LabelsBuilder();
  private final List<Exemplar> collected = new ArrayList<>();

  /**
   * Appends the exemplars of the sample the reader stands at.
   *
   * @param time of those that say none
   * @return whether there were some and all are older than one that is stored
   */
  boolean append(ExpositionReader reader, Appender appender, long ref, long time) {
    collect(reader, time);
    if (collected.isEmpty()) {
      return false;
    }
    collected.sort(Comparator.comparingLong(Exemplar::timestamp));
    int late = 0;
    for (Exemplar exemplar : collected) {
      Outcome outcome = appender.appendExemplar(ref, exemplar);
      if (outcome == Outcome.OUT_OF_ORDER) {
        late++;
      } else if (outcome != Outcome.STORED) {
        log.atDebug()
            .addKeyValue("err", appender.explanation())
            .log("Error while adding exemplar in AddExemplar");
      }
    }
    return late == collected.size();
  }

  private void collect(ExpositionReader reader, long time) {
    collected.clear();
    try {
      while (reader.nextExemplar()) {
        reader.exemplarLabels(labels);
        boolean timed = reader.exemplarHasTimestamp();
        long at = timed ? reader.exemplarTimestamp() : time;
        collected.add(new Exemplar(labels.build(), reader.exemplarValue(), at, timed));
      }
    } catch (ExpositionException e) {
      log.atDebug().addKeyValue("err", e.getMessage()).log("Error while adding exemplar");
    }
  }
}
