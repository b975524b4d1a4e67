/** Tabs with one panel in the document at a time, on React Aria's tabs. */
import type { ReactNode } from 'react';
import { Tab, TabList, TabPanel, Tabs as AriaTabs } from 'react-aria-components/Tabs';

export interface TabsProps<Id extends string> {
  readonly label: string;
  readonly value: Id;
  readonly onChange: (id: Id) => void;
  readonly tabs: readonly { readonly id: Id; readonly title: string; readonly count?: number; readonly content: ReactNode }[];
  readonly aside: ReactNode;
}

export function Tabs<Id extends string>({ label, value, onChange, tabs, aside }: TabsProps<Id>) {
  return (
    <AriaTabs className="tabs" selectedKey={value} onSelectionChange={(key) => onChange(key as Id)} keyboardActivation="automatic">
      <div className="tabs-bar">
        <TabList className="tab-list" aria-label={label}>
          {tabs.map((tab) => <Tab key={tab.id} id={tab.id} className="tab">{tab.title}{tab.count ? <span className="tab-count">{tab.count}</span> : null}</Tab>)}
        </TabList>
        {aside ? <div className="tabs-aside">{aside}</div> : null}
      </div>
      {tabs.map((tab) => <TabPanel key={tab.id} id={tab.id} className="tab-panel">{tab.content}</TabPanel>)}
    </AriaTabs>
  );
}
