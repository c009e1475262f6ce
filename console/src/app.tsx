// The frame of every page: who is signed in, where one can go, and the page that the address names.
import { Component } from "preact";
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { useData } from "./data.ts";
import { follow, isConnected } from "./live.ts";
import { GROUPS, pageOf, PAGES } from "./pages.tsx";
import { OrganizationChoice } from "./pages/organizations.tsx";
import { Invitation } from "./pages/invitation.tsx";
import { SignIn } from "./pages/sign-in.tsx";
import { Button, Failed, Head, Loading, NotAllowed, Said } from "./parts/basics.tsx";
import { GlobalSearch } from "./parts/global-search.tsx";
import { addressOf, pluginPages } from "./plugins.ts";
import { to, useRoute } from "./router.ts";
import { choose, may, signOut, state } from "./session.ts";
import type { Session } from "./session.ts";
import { useStore } from "./store.ts";
import { TEXTS } from "./texts.ts";
import { switchTheme } from "./theme.ts";

export function App() {
  const now = useStore(state);
  const { segments } = useRoute();
  if (segments[0] === "invitations" && segments[1] !== undefined && now.kind !== "entering") {
    return <Invitation token={segments[1]} state={now} />;
  }
  switch (now.kind) {
    case "entering":
      return (
        <main class="alone">
          <h1 class="unseen">{TEXTS.product}</h1>
          <Loading />
        </main>
      );
    case "out":
      return <SignIn message={now.message} />;
    case "choosing":
      return <OrganizationChoice {...now} />;
    case "in":
      return <Frame key={now.session.organization.id} session={now.session} />;
  }
}

function Frame({ session }: { session: Session }) {
  const { segments } = useRoute();
  const [isOpen, setIsOpen] = useState(false);
  const main = useRef<HTMLElement>(null);
  const page = pageOf(segments);
  const address = segments.join("/");

  useEffect(() => {
    const ending = new AbortController();
    void follow(session, ending.signal);
    return () => ending.abort();
  }, [session.client]);

  // Another page begins at its top, and is read out from its heading on.
  useEffect(() => {
    setIsOpen(false);
    scrollTo(0, 0);
    if (document.activeElement?.closest("nav, a, tr")) main.current?.querySelector<HTMLElement>("h1")?.focus();
  }, [address]);

  return (
    <div class="frame">
      <a class="skip" href="#content" onClick={(event) => { event.preventDefault(); main.current?.focus(); }}>
        {TEXTS.navigation.skip}
      </a>
      <header class="top">
        <Button look="quiet" label={TEXTS.navigation.menu} onClick={() => setIsOpen(!isOpen)}>
          ☰
        </Button>
        <a class="brand" href={to("")}>
          {TEXTS.product}
        </a>
        <OrganizationName session={session} />
        <GlobalSearch />
        <Offline />
        <Button look="quiet" label={TEXTS.navigation.theme} onClick={switchTheme}>
          ◐
        </Button>
        <span class="who" title={session.email}>
          {session.email || session.role} <small>{session.role}</small>
        </span>
        <Button look="quiet" onClick={() => signOut()}>
          {TEXTS.signIn.out}
        </Button>
      </header>
      <Navigation session={session} isOpen={isOpen} current={page?.path ?? ""} />
      <main id="content" ref={main} tabIndex={-1}>
        <Guard key={address}>
          {page === undefined ? <NotFound /> : may(page.operation, session) ? page.show(segments.slice(1)) : <NotAllowed />}
        </Guard>
      </main>
      <Said />
    </div>
  );
}

function OrganizationName({ session: { organization, organizations } }: { session: Session }) {
  if (organizations.length < 2) return <strong class="organization">{organization.name}</strong>;
  return (
    <select
      class="organization"
      aria-label={TEXTS.organizations.switch}
      value={organization.id}
      onChange={(event) => void choose(event.currentTarget.value)}
    >
      {organizations.map((each) => (
        <option key={each.id} value={each.id}>
          {each.name}
        </option>
      ))}
    </select>
  );
}

function Offline() {
  const isReached = useStore(isConnected);
  return <span role="status">{!isReached && <span class="status bad">{TEXTS.navigation.offline}</span>}</span>;
}

function Navigation({ session, isOpen, current }: { session: Session; isOpen: boolean; current: string }) {
  const plugins = useData("plugins", (signal) => pluginPages(session, signal)).value ?? [];
  return (
    <nav class={isOpen ? "side open" : "side"} aria-label={TEXTS.navigation.label}>
      {GROUPS.map(({ title, pages }) => {
        const offered = PAGES.filter((each) => pages.includes(each.path) && may(each.operation));
        if (offered.length === 0) return null;
        return (
          <section key={title}>
            {title && <h2>{title}</h2>}
            <ul>
              {offered.map((each) => (
                <li key={each.path}>
                  <a href={to(each.path)} aria-current={each.path === current ? "page" : undefined}>
                    {each.title}
                  </a>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
      {plugins.length > 0 && (
        <section>
          <h2>{TEXTS.navigation.plugins}</h2>
          <ul>
            {plugins.map((each) => (
              <li key={each.path}>
                <a href={addressOf(each.path)}>{each.title}</a>
              </li>
            ))}
          </ul>
        </section>
      )}
    </nav>
  );
}

function NotFound() {
  return (
    <>
      <Head title={TEXTS.errors.notFound} />
      <p>{TEXTS.errors.notFoundMore}</p>
    </>
  );
}

/** A page that breaks does not take the frame with it. */
class Guard extends Component<{ children: ComponentChildren }, { error: unknown }> {
  override state = { error: null as unknown };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  render() {
    if (this.state.error === null) return this.props.children;
    return (
      <>
        <Head title={TEXTS.errors.page} />
        <Failed error={this.state.error} onRetry={() => this.setState({ error: null })} />
      </>
    );
  }
}
