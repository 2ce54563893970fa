package io.evenkeel.bench.heal;

import java.util.List;
import java.util.Locale;

/** Draws how often answers of a given confidence were right: on the diagonal the confidence says what it means. Pure. */
final class CalibrationPlot {

    private static final int SIZE = 360;
    private static final int LEFT = 60;
    private static final int TOP = 50;

    private CalibrationPlot() {}

    /** Returns an SVG document; the area of a dot is the number of answers it stands for. */
    static String svg(String title, List<Answered> answers) {
        StringBuilder out = new StringBuilder();
        out.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\" role=\"img\">%n",
                SIZE + 2 * LEFT,
                SIZE + 2 * TOP));
        out.append("<title>").append(title).append("</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n");
        text(out, LEFT + SIZE / 2.0, 24, "middle", title);
        text(out, LEFT + SIZE / 2.0, TOP + SIZE + 38, "middle", "confidence");
        text(out, 8, TOP - 10, "start", "right");
        for (int i = 0; i <= 10; i += 2) {
            double x = LEFT + i * SIZE / 10.0;
            double y = TOP + SIZE - i * SIZE / 10.0;
            line(out, new double[] {x, TOP, x, TOP + SIZE}, "#ddd");
            line(out, new double[] {LEFT, y, LEFT + SIZE, y}, "#ddd");
            text(out, x, TOP + SIZE + 18, "middle", i * 10 + " %");
            text(out, LEFT - 8, y + 4, "end", i * 10 + " %");
        }
        line(out, new double[] {LEFT, TOP + SIZE, LEFT + SIZE, TOP}, "#888");
        for (double[] bin : Report.bins(answers)) {
            if (bin[2] > 0) {
                out.append(String.format(
                        Locale.ROOT,
                        "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"#1f6feb\" fill-opacity=\"0.7\"><title>%d answers: said %.0f %%, right %.0f %%</title></circle>%n",
                        LEFT + SIZE * bin[0] / bin[2],
                        TOP + SIZE - SIZE * bin[1] / bin[2],
                        2 + 24 * Math.sqrt(bin[2] / answers.size()),
                        (int) bin[2],
                        100 * bin[0] / bin[2],
                        100 * bin[1] / bin[2]));
            }
        }
        return out.append("</svg>\n").toString();
    }

    private static void text(StringBuilder out, double x, double y, String anchor, String words) {
        out.append(String.format(
                Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n", x, y, anchor, words));
    }

    private static void line(StringBuilder out, double[] ends, String colour) {
        out.append(String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>%n",
                ends[0],
                ends[1],
                ends[2],
                ends[3],
                colour));
    }
}
