package io.sluice.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** The picture of how jobs grow: time, processor time and memory side by side. */
final class GrowthChart {
  private static final int MARGIN = 10;
  private static final int HEAD = 44;

  /** Colors that those who see red and green alike can tell apart, dark enough on white. */
  private static final List<String> COLORS =
      List.of("#0072b2", "#00795a", "#b84f00", "#a3427f", "#555555");

  private static final List<String> DASHES = List.of("", "", "", "", "5 3");

  private GrowthChart() {}

  /** Writes it, and returns its path as seen from the working directory. */
  static String write(Workshop workshop, List<Growth> jobs) throws IOException {
    Path file = workshop.kept("bench-growth.svg").toAbsolutePath();
    Files.writeString(file, svg(jobs));
    return Path.of("").toAbsolutePath().relativize(file).toString();
  }

  private static String svg(List<Growth> jobs) {
    String title = "Sluice: time, processor time and memory by number of records";
    Svg svg = new Svg(3 * Panel.WIDTH + 2 * MARGIN, Panel.HEIGHT + HEAD + MARGIN, title);
    svg.text(
        new Svg.Point(MARGIN + 48, 24),
        "start",
        "fill=\"#111111\" font-size=\"15\" font-weight=\"bold\"",
        title);
    svg.text(
        new Svg.Point(MARGIN + 48, 41),
        "start",
        "fill=\"#444444\" font-size=\"11\"",
        "Whole processes, one run each. Numbers at the ends: the largest size. Dotted: the slope of"
            + " growth in proportion.");
    double left = MARGIN;
    for (Panel panel :
        List.of(
            panel("Wall time", "seconds, logarithmic", "s", Figure.SECONDS, true, jobs),
            panel("CPU time", "seconds, user and system, logarithmic", "s", Figure.CPU, true, jobs),
            panel("Peak memory", "MiB, resident", "MiB", Figure.PEAK, false, jobs))) {
      panel.draw(svg, left, HEAD);
      left += Panel.WIDTH;
    }
    return svg.end();
  }

  private static Panel panel(
      String title,
      String note,
      String unit,
      Figure figure,
      boolean logarithmic,
      List<Growth> jobs) {
    Collection<Integer> sizes = new TreeSet<>();
    List<Double> values = new ArrayList<>();
    List<Panel.Series> series = new ArrayList<>();
    for (Growth job : jobs) {
      var points = job.points(figure);
      sizes.addAll(points.keySet());
      values.addAll(points.values());
      int number = series.size();
      series.add(new Panel.Series(job.job(), COLORS.get(number), DASHES.get(number), points));
    }
    Axis x = Axis.logarithmicAt(sizes.isEmpty() ? List.of(1) : sizes);
    Axis y = logarithmic ? Axis.logarithmic(values) : Axis.linear(values);
    return new Panel(title, note, unit, x, y, series);
  }
}
