// Parts of a page that are pages of their own.
interface TabsProps {
  label: string;
  tabs: readonly { title: string; address: string; isCurrent: boolean }[];
}

export function Tabs({ label, tabs }: TabsProps) {
  return (
    <nav class="tabs" aria-label={label}>
      {tabs.map((each) => (
        <a key={each.address} href={each.address} aria-current={each.isCurrent ? "page" : undefined}>
          {each.title}
        </a>
      ))}
    </nav>
  );
}
