package io.narthex.promql.testlang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.model.Labels;
import io.narthex.model.StaleMarker;
import io.narthex.promql.internal.parse.ParseException;
import io.narthex.promql.testlang.SeriesNotation.Item;
import io.narthex.promql.testlang.SeriesNotation.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SeriesNotationTest {

  private static List<Double> floats(String values) throws ParseException {
    return SeriesNotation.parse("m " + values).items().stream().map(Item::value).toList();
  }

  @Test
  void readsLabels() throws ParseException {
    assertThat(SeriesNotation.parse("m{a=\"x y}\", b='2'} 1").labels())
        .isEqualTo(Labels.of("__name__", "m", "a", "x y}", "b", "2"));
    assertThat(SeriesNotation.parse("{\"m.n\"} 1").labels())
        .isEqualTo(Labels.of("__name__", "m.n"));
    assertThat(SeriesNotation.parse("{} 1").labels()).isEqualTo(Labels.EMPTY);
  }

  @Test
  void expandsValues() throws ParseException {
    assertThat(floats("1 -2 1e3 .5")).containsExactly(1.0, -2.0, 1000.0, 0.5);
    assertThat(floats("3x2")).containsExactly(3.0, 3.0, 3.0);
    assertThat(floats("1+2x2 -2-3x2 1-1x1"))
        .containsExactly(1.0, 3.0, 5.0, -2.0, -5.0, -8.0, 1.0, 0.0);
    assertThat(floats("1e2+1e1x1 -1e-1+0.1x0")).containsExactly(100.0, 110.0, -0.1);
    assertThat(floats("Inf -Inf 1m NaN"))
        .containsExactly(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 60.0, Double.NaN);
  }

  @Test
  void knowsGapsStaleMarkersAndHistograms() throws ParseException {
    List<Item> items =
        SeriesNotation.parse("m _ _x2 stale {{schema:1 sum:2}} {{count:1}}+{{count:2}}x1").items();
    assertThat(items.stream().map(Item::kind))
        .containsExactly(
            Kind.GAP,
            Kind.GAP,
            Kind.GAP,
            Kind.FLOAT,
            Kind.HISTOGRAM,
            Kind.HISTOGRAM,
            Kind.HISTOGRAM);
    assertThat(StaleMarker.is(items.get(3).value())).isTrue();
    assertThat(items.get(4).text()).isEqualTo("{{schema:1 sum:2}}");
  }

  @Test
  void refusesWhatIsNoValue() {
    assertThatThrownBy(() -> floats("a")).isInstanceOf(ParseException.class);
    assertThatThrownBy(() -> floats("1x99999999")).isInstanceOf(ParseException.class);
  }
}
