package io.sluice.bench;

import java.util.List;
import java.util.Locale;

/**
 * Writes a picture as SVG: lines, dots and texts on a white ground, in pixels from the top left.
 */
final class Svg {
  private final StringBuilder text = new StringBuilder();

  /**
   * @param title what the picture shows, for those who cannot see it
   */
  Svg(int width, int height, String title) {
    add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\""
            + " role=\"img\" font-family=\"Helvetica, Arial, 'DejaVu Sans', sans-serif\""
            + " font-size=\"12\">%n",
        width, height, width, height);
    add("<title>%s</title>%n", escape(title));
    add("<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>%n", width, height);
  }

  /** A straight line. */
  void line(Point from, Point to, Pen pen) {
    add(
        "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"%s/>%n",
        from.x(), from.y(), to.x(), to.y(), pen.attributes());
  }

  /** Lines from each point to the next. */
  void path(List<Point> points, Pen pen) {
    StringBuilder all = new StringBuilder();
    for (Point point : points) {
      all.append(String.format(Locale.ROOT, "%.1f,%.1f ", point.x(), point.y()));
    }
    add(
        "<polyline points=\"%s\" fill=\"none\"%s/>%n",
        all.toString().stripTrailing(), pen.attributes());
  }

  void dot(Point at, String color) {
    add("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>%n", at.x(), at.y(), color);
  }

  /**
   * @param at where its baseline begins, ends or has its middle
   * @param anchor {@code start}, {@code middle} or {@code end}
   */
  void text(Point at, String anchor, String style, String words) {
    add(
        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" %s>%s</text>%n",
        at.x(), at.y(), anchor, style, escape(words));
  }

  /** The whole file. */
  String end() {
    return text + "</svg>\n";
  }

  private void add(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values));
  }

  private static String escape(String words) {
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** A place in the picture. */
  record Point(double x, double y) {}

  /**
   * How a line is drawn.
   *
   * @param dashes as SVG has them; empty for a line without gaps
   */
  record Pen(String color, double width, String dashes) {
    private String attributes() {
      String gaps = dashes.isEmpty() ? "" : " stroke-dasharray=\"" + dashes + "\"";
      return String.format(
          Locale.ROOT, " stroke=\"%s\" stroke-width=\"%.1f\"%s", color, width, gaps);
    }
  }
}
