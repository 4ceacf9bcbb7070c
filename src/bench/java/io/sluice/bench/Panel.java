package io.sluice.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;

/**
 * One small chart of a picture: a line for each series, each named at its end.
 *
 * @param note what its values are, and how they are laid out
 * @param unit what they are counted in
 */
record Panel(String title, String note, String unit, Axis x, Axis y, List<Series> series) {
  static final int WIDTH = 420;
  static final int HEIGHT = 330;

  private static final double LEFT = 48;
  private static final double RIGHT = 160;
  private static final double TOP = 42;
  private static final double BOTTOM = 44;

  /** How far the names of lines are apart at least. */
  private static final double LINE = 15;

  private static final Svg.Pen GRID = new Svg.Pen("#dddddd", 1, "");
  private static final Svg.Pen FRAME = new Svg.Pen("#666666", 1, "");
  private static final Svg.Pen PROPORTION = new Svg.Pen("#999999", 1, "2 3");
  private static final String SMALL = "fill=\"#444444\" font-size=\"11\"";

  /**
   * @param points values by the number of records
   */
  record Series(String name, String color, String dashes, NavigableMap<Integer, Double> points) {}

  /** Draws it with its left edge there. */
  void draw(Svg svg, double left, double top) {
    Frame frame = new Frame(left + LEFT, left + WIDTH - RIGHT, top + TOP, top + HEIGHT - BOTTOM);
    svg.text(
        new Svg.Point(frame.left, top + 18),
        "start",
        "fill=\"#111111\" font-size=\"13\" font-weight=\"bold\"",
        title);
    svg.text(new Svg.Point(frame.left, top + 34), "start", SMALL, note);
    grid(svg, frame);
    if (y.logarithmic()) {
      proportion(svg, frame);
    }
    List<Label> labels = new ArrayList<>();
    for (Series each : series) {
      List<Svg.Point> points = points(frame, each);
      if (!points.isEmpty()) {
        svg.path(points, new Svg.Pen(each.color, 2, each.dashes));
        points.forEach(point -> svg.dot(point, each.color));
        Svg.Point end = points.get(points.size() - 1);
        String last = Table.number(each.points.lastEntry().getValue());
        labels.add(new Label(each.name + " " + last + " " + unit, each.color, end));
      }
    }
    name(svg, frame, labels);
  }

  private void grid(Svg svg, Frame frame) {
    for (double tick : y.ticks()) {
      double at = frame.y(y.position(tick));
      svg.line(new Svg.Point(frame.left, at), new Svg.Point(frame.right, at), GRID);
      svg.text(new Svg.Point(frame.left - 6, at + 4), "end", SMALL, plain(tick));
    }
    for (double tick : x.ticks()) {
      double at = frame.x(x.position(tick));
      svg.line(new Svg.Point(at, frame.top), new Svg.Point(at, frame.bottom), GRID);
      svg.text(new Svg.Point(at, frame.bottom + 16), "middle", SMALL, count(tick));
    }
    svg.line(new Svg.Point(frame.left, frame.top), new Svg.Point(frame.left, frame.bottom), FRAME);
    svg.line(
        new Svg.Point(frame.left, frame.bottom), new Svg.Point(frame.right, frame.bottom), FRAME);
    double middle = (frame.left + frame.right) / 2;
    svg.text(new Svg.Point(middle, frame.bottom + 34), "middle", SMALL, "records, logarithmic");
  }

  /** The slope of what grows in proportion, from the corner at the top right. */
  private void proportion(Svg svg, Frame frame) {
    double factor = Math.min(x.max() / x.min(), y.max() / y.min());
    svg.line(
        new Svg.Point(frame.x(x.position(x.max() / factor)), frame.y(y.position(y.max() / factor))),
        new Svg.Point(frame.right, frame.top),
        PROPORTION);
  }

  private List<Svg.Point> points(Frame frame, Series of) {
    return of.points.entrySet().stream()
        .filter(point -> y.has(point.getValue()))
        .map(
            point ->
                new Svg.Point(
                    frame.x(x.position(point.getKey())), frame.y(y.position(point.getValue()))))
        .toList();
  }

  /** Names lines at their ends, moved apart where they would cover each other. */
  private static void name(Svg svg, Frame frame, List<Label> labels) {
    labels.sort(Comparator.comparingDouble(label -> label.end.y()));
    double[] at = labels.stream().mapToDouble(label -> label.end.y()).toArray();
    double lowest = frame.bottom;
    for (int i = 0; i < at.length; i++) {
      at[i] = Math.max(at[i], i == 0 ? frame.top : at[i - 1] + LINE);
    }
    for (int i = at.length - 1; i >= 0; i--) {
      at[i] = Math.min(at[i], lowest);
      lowest = at[i] - LINE;
    }
    double start = frame.right + 12;
    for (int i = 0; i < at.length; i++) {
      Label label = labels.get(i);
      svg.line(
          new Svg.Point(label.end.x() + 5, label.end.y()),
          new Svg.Point(start - 2, at[i]),
          new Svg.Pen(label.color, 0.7, ""));
      svg.text(
          new Svg.Point(start, at[i] + 4), "start", "fill=\"" + label.color + "\"", label.words);
    }
  }

  private static String plain(double value) {
    return value >= 1
        ? String.format(Locale.ROOT, "%,.0f", value)
        : String.format(Locale.ROOT, "%.3f", value).replaceAll("0+$", "").replaceAll("\\.$", "");
  }

  private static String count(double records) {
    return records >= 1e6
        ? String.format(Locale.ROOT, "%.3g M", records / 1e6).replaceAll("\\.0+ ", " ")
        : String.format(Locale.ROOT, "%,.0f k", records / 1e3);
  }

  private record Label(String words, String color, Svg.Point end) {}

  /** The four edges of what lines are drawn in. */
  private record Frame(double left, double right, double top, double bottom) {
    double x(double position) {
      return left + position * (right - left);
    }

    double y(double position) {
      return bottom - position * (bottom - top);
    }
  }
}
