package io.evenkeel.coordinator.page;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.List;
import java.util.Map;

/** Renders the templates, which were compiled with the program. Thread-safe. */
public final class Pages {

    private final TemplateEngine engine;
    private final Assets assets;

    /** Renders with these assets. */
    public Pages(Assets assets) {
        this(TemplateEngine.createPrecompiled(ContentType.Html), assets);
    }

    Pages(TemplateEngine engine, Assets assets) {
        this.engine = engine;
        this.assets = assets;
    }

    /** Returns the page of a problem. */
    public String problem(int status, String title, String detail) {
        return render("problem.jte", Map.of("assets", assets, "status", status, "title", title, "detail", detail));
    }

    /** Returns the list of runs. */
    public String runs(RunListView view) {
        return render("runs.jte", Map.of("assets", assets, "view", view));
    }

    /** Returns the page of a run. */
    public String run(RunView view) {
        return render("run.jte", Map.of("assets", assets, "view", view));
    }

    /** Returns the part of the page of a run that tells what went wrong. */
    public String trouble(long runId, RunView.Trouble trouble) {
        return render("trouble.jte", Map.of("runId", runId, "trouble", trouble));
    }

    /** Returns the tests of one file of a run. */
    public String lines(List<FileGroup.Line> lines) {
        return render("lines.jte", Map.of("lines", lines));
    }

    /** Returns the page of all advice. */
    public String advice(AdviceView view) {
        return render("advice.jte", Map.of("assets", assets, "view", view));
    }

    /** Returns the first lines of the advice, for the list of runs; nothing when there are none. */
    public String topAdvice(AdviceView view) {
        return view.lines().isEmpty() ? "" : render("topadvice.jte", Map.of("view", view));
    }

    /** Returns the review page of healing. */
    public String healing(HealingView view) {
        return render("healing.jte", Map.of("assets", assets, "view", view));
    }

    private String render(String template, Map<String, Object> values) {
        StringOutput output = new StringOutput(64 * 1024);
        engine.render(template, values, output);
        return output.toString();
    }
}
