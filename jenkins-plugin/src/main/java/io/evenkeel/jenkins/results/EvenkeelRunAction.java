package io.evenkeel.jenkins.results;

import hudson.Util;
import hudson.model.Action;
import hudson.model.Run;
import java.io.IOException;
import java.lang.ref.SoftReference;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.management.Badge;
import jenkins.model.JenkinsLocationConfiguration;
import jenkins.model.RunAction2;
import jenkins.model.Tab;
import jenkins.security.ResourceDomainConfiguration;
import jenkins.tasks.SimpleBuildStep;
import net.sf.json.JSONObject;
import org.jspecify.annotations.Nullable;

/**
 * What a build knows of one Playwright suite: the shares that came home, and after the report its tab.
 *
 * <p>Thread-safe. Only small values are stored in the build's own file; the rest lies in {@link BuildFiles}.
 */
public final class EvenkeelRunAction extends Tab implements RunAction2, SimpleBuildStep.LastBuildAction {

    private static final Logger LOGGER = Logger.getLogger(EvenkeelRunAction.class.getName());

    private final String suite;
    private final TreeSet<Integer> shares = new TreeSet<>();
    private boolean queued;
    private long servedUntil;
    private @Nullable RunOutcome outcome;
    private boolean reportKept;

    private transient @Nullable SoftReference<RunView> view;

    private EvenkeelRunAction(Run<?, ?> run, SuiteName suite) {
        super(run);
        this.suite = suite.title();
    }

    /** Returns the one of a suite; makes it when there is none. */
    public static EvenkeelRunAction of(Run<?, ?> run, SuiteName suite) {
        synchronized (run) {
            for (EvenkeelRunAction action : run.getActions(EvenkeelRunAction.class)) {
                if (action.suite().equals(suite)) {
                    return action;
                }
            }
            EvenkeelRunAction action = new EvenkeelRunAction(run, suite);
            run.addAction(action);
            return action;
        }
    }

    @Override
    public void onAttached(Run<?, ?> run) {
        this.object = run;
    }

    @Override
    public void onLoad(Run<?, ?> run) {
        this.object = run;
    }

    public SuiteName suite() {
        return SuiteName.of(suite);
    }

    public Run<?, ?> getRun() {
        return (Run<?, ?>) object;
    }

    /** Notes that the results of a share are stored with the build. */
    public void addShare(int share) throws IOException {
        synchronized (this) {
            shares.add(share);
        }
        getRun().save();
    }

    /** Returns the shares whose results are stored with the build, in rising order. */
    public synchronized List<Integer> shares() {
        return List.copyOf(shares);
    }

    /** Notes that shares of this run are to take their tests from a queue. */
    public void queue() throws IOException {
        synchronized (this) {
            if (queued) {
                return;
            }
            queued = true;
        }
        getRun().save();
    }

    /** Returns whether shares of this run take their tests from a queue. */
    public synchronized boolean isQueued() {
        return queued;
    }

    /** Notes that a share has taken tests from the queue until now, and has left nothing in it. */
    public void servedQueue() throws IOException {
        synchronized (this) {
            servedUntil = System.currentTimeMillis();
        }
        getRun().save();
    }

    /** Returns whether some share went on taking tests from the queue after that time: it had those of whoever was lost then. */
    public synchronized boolean isQueueServedAfter(Instant time) {
        return servedUntil > time.toEpochMilli();
    }

    /**
     * Stores the judged run.
     *
     * @param summary all of {@code summary.json}
     * @param report whether the HTML report is kept as an artifact
     */
    public RunOutcome report(JSONObject summary, KeptReport report) throws IOException {
        RunOutcome found = RunOutcome.of(summary);
        BuildFiles files = BuildFiles.of(getRun(), suite());
        files.write(files.view(), RunView.reduce(summary).toString());
        synchronized (this) {
            outcome = found;
            reportKept = report == KeptReport.YES;
            view = null;
        }
        getRun().save();
        return found;
    }

    /** Whether the merged HTML report was archived. */
    public enum KeptReport {
        YES,
        NO
    }

    /** Returns verdict and numbers, null before the report. */
    public synchronized @Nullable RunOutcome getOutcome() {
        return outcome;
    }

    /** Returns what the pages show; empty lists when the file is gone. */
    public synchronized RunView getView() {
        RunView known = view == null ? null : view.get();
        if (known == null) {
            known = RunView.of(stored());
            view = new SoftReference<>(known);
        }
        return known;
    }

    private JSONObject stored() {
        BuildFiles files = BuildFiles.of(getRun(), suite());
        if (Files.isRegularFile(files.view())) {
            try {
                return BuildFiles.read(files.view());
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, "The Playwright results of " + getRun() + " cannot be read", e);
            }
        }
        return new JSONObject();
    }

    /** Returns the address of the merged HTML report, relative to this page; empty when it was not kept. */
    public synchronized String getReportUrl() {
        return reportKept ? "../artifact/evenkeel/" + suite().slug() + "/html/index.html" : "";
    }

    /** Returns where a test stands in the merged HTML report, with its traces; empty when the report was not kept. */
    public String getTestUrl(String testId) {
        String report = getReportUrl();
        return report.isEmpty() || !testId.matches("[A-Za-z0-9-]+") ? "" : report + "#?testId=" + testId;
    }

    /** Returns whether Jenkins serves reports from a domain of their own; otherwise their scripts are switched off. */
    public boolean isReportAlive() {
        // The address of Jenkins counts as well: without it Jenkins does not serve from the other domain.
        return !Util.fixNull(ResourceDomainConfiguration.get().getUrl()).isEmpty()
                && !Util.fixNull(JenkinsLocationConfiguration.get().getUrl()).isEmpty();
    }

    @Override
    public @Nullable String getIconFileName() {
        return getOutcome() == null ? null : "symbol-boat-outline plugin-ionicons-api";
    }

    @Override
    public String getDisplayName() {
        return suite;
    }

    @Override
    public String getUrlName() {
        return suite.equals(SuiteName.USUAL) ? "evenkeel" : "evenkeel-" + suite().slug();
    }

    @Override
    public @Nullable Badge getBadge() {
        RunOutcome known = getOutcome();
        if (known == null) {
            return null;
        }
        if (known.getMissing() > 0) {
            return new Badge(
                    String.valueOf(known.getMissing()),
                    known.getMissing() + " without a result",
                    Badge.Severity.DANGER);
        }
        if (known.getFailed() > 0) {
            return new Badge(String.valueOf(known.getFailed()), known.getFailed() + " failed", Badge.Severity.DANGER);
        }
        if (known.getVerdict().equals("healed")) {
            return new Badge("healed", known.getSentence(), Badge.Severity.WARNING);
        }
        return known.getFlaky() > 0
                ? new Badge(String.valueOf(known.getFlaky()), known.getFlaky() + " flaky", Badge.Severity.WARNING)
                : null;
    }

    @Override
    public Collection<? extends Action> getProjectActions() {
        return List.of(new EvenkeelJobAction(getRun().getParent(), suite()));
    }
}
