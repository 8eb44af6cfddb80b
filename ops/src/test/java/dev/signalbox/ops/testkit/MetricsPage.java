package dev.signalbox.ops.testkit;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A page of metrics, read.
 *
 * @param samples by series: the name, then its labels in braces, as the page has them
 * @param types by the name of the metric
 */
public record MetricsPage(Map<String, Double> samples, Map<String, String> types) {
  private static final Pattern LABEL_VALUE = Pattern.compile("=\"([^\"]*)\"");

  /** Reads Prometheus' text format. */
  public static MetricsPage read(String text) {
    var samples = new TreeMap<String, Double>();
    var types = new TreeMap<String, String>();
    text.lines()
        .forEach(line -> {
          if (line.startsWith("# TYPE ")) {
            var words = line.split(" ", -1);
            types.put(words[2], words[3]);
          } else if (!line.startsWith("#") && !line.isBlank()) {
            int end = line.lastIndexOf(' ');
            samples.put(line.substring(0, end), Double.valueOf(line.substring(end + 1)));
          }
        });
    return new MetricsPage(samples, types);
  }

  /** The value of a series; 0 when it is not there. */
  public double value(String series) {
    return samples.getOrDefault(series, 0.0);
  }

  /** The sum over all series of a name that have these labels. */
  public double sum(String name, String... labels) {
    return samples.entrySet().stream()
        .filter(sample -> sample.getKey().equals(name) || sample.getKey().startsWith(name + "{"))
        .filter(sample -> Set.of(labels).stream().allMatch(sample.getKey()::contains))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }

  /** All values that any label has, but the bounds of histograms. */
  public Set<String> labelValues() {
    var values = new TreeSet<String>();
    samples
        .keySet()
        .forEach(series ->
            LABEL_VALUE
                .matcher(series.replaceAll("le=\"[^\"]*\"", ""))
                .results()
                .forEach(match -> values.add(match.group(1))));
    return values;
  }
}
